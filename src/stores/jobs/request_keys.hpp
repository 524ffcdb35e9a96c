// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "stores/unit/unit_of_work.hpp"

/// What keeps one press or message from being taken twice: one key, one request.
namespace aisha::stores::request_keys {

/// `key`: "tap:<chat>:<message>:<nonce>", "msg:<chat>:<message>", "app:<uuid>". A second request with the key is
/// Errc::conflict at commit: `requests::before` tells which was first.
void add(UnitOfWork& unit, std::string_view key, const Uuid& request_id);

}  // namespace aisha::stores::request_keys
