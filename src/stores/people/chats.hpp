// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>

#include "domain/chat.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Rows of `chats`: the optimistic lock of everything a handler does for one chat.
namespace aisha::stores::chats {

/// What `read` takes, of a table named c that may lack the row.
inline constexpr char kColumns[] =
    "c.chat_id, c.user_id, c.card_message_id, c.card_revision, c.photo_key, c.caption_hash, c.keyboard_hash,"
    " c.last_seen_message_id, c.out_seq, c.awaits, c.awaits_ref, c.awaits_until, c.draft, c.searched,"
    " c.album, c.topic_id, c.version, c.draft_ref";
inline constexpr std::size_t kColumnCount = 18;
std::optional<domain::Chat> read(const sql::Row& row, std::size_t first);

Task<std::optional<domain::Chat>> load(UnitOfWork& unit, std::int64_t chat_id);

/// Inserts when `version` is 0 (never saved), else updates the version that was read; raises `chat.version`, so a
/// second save in the same unit works. Errc::conflict at commit when another handler was first. `out_seq` is not
/// written: the outbox counts it.
void save(UnitOfWork& unit, domain::Chat& chat);

}  // namespace aisha::stores::chats
