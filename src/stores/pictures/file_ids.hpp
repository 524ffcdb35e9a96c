// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stores/unit/unit_of_work.hpp"

/// Telegram's file ids of pictures already uploaded, per bot: a file_id of one bot means nothing to another.
namespace aisha::stores::file_ids {

Task<std::optional<std::string>> find(UnitOfWork& unit, std::int64_t bot_id, std::string photo_key);
/// Replaces an older id.
void put(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key, std::string_view file_id);
/// Telegram no longer knows the id.
void forget(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key);

}  // namespace aisha::stores::file_ids
