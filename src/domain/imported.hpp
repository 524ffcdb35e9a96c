// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

/// How rows of an older Aisha's database become ours. Pure: a repeat gives the same.
namespace aisha::domain {

/// Id of the picture at `index` of an old row: a UUIDv7 of its old date whose other bits come from the old id.
Uuid imported_id(TimePoint created_at, const Uuid& old_id, std::size_t index);

/// A picture's old address without what makes it secret or stale: no user, query or fragment; "" unless http(s). Old
/// addresses were presigned and have expired, their path still names bucket and key.
std::string place_of(std::string_view url);

/// The object's key when `place` lies in `bucket`, path style ("/bucket/key") or host style ("bucket.host/key").
std::optional<std::string> key_in(std::string_view place, std::string_view bucket);

/// A balance as whole coins, rounded down. Nothing for what is no amount of coins: negative, not a number, or past what
/// a number of this kind counts exactly.
std::optional<std::int64_t> whole_coins(double coins);

}  // namespace aisha::domain
