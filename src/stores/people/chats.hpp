// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "domain/chat.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Rows of `chats`: the optimistic lock of everything a handler does for one chat.
namespace aisha::stores::chats {

Task<std::optional<domain::Chat>> load(UnitOfWork& unit, std::int64_t chat_id);

/// Inserts when `version` is 0 (never saved), else updates the version that was read; raises `chat.version`, so a
/// second save in the same unit works. Errc::conflict at commit when another handler was first. `out_seq` is not
/// written: the outbox counts it.
void save(UnitOfWork& unit, domain::Chat& chat);

}  // namespace aisha::stores::chats
