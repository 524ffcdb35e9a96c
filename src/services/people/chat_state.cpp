// SPDX-License-Identifier: Apache-2.0
#include "services/people/chat_state.hpp"

#include <tuple>

#include "stores/people/chats.hpp"

namespace aisha::services {
namespace {

auto everything(const domain::Chat& c) {
  return std::tie(c.user_id, c.card_message_id, c.card_revision, c.photo_key, c.caption_hash, c.keyboard_hash,
                  c.last_seen_message_id, c.awaits, c.awaits_ref, c.awaits_until, c.draft, c.searched, c.album,
                  c.topic_id, c.draft_ref);
}

}  // namespace

void ChatState::save(stores::UnitOfWork& unit) {
  if (everything(row) != everything(as_read)) {
    stores::chats::save(unit, row);
  }
}

void ChatState::hand_over(std::int64_t status_message_id) {
  renew_card();
  if (status_message_id == row.card_message_id) {
    row.card_message_id = 0;
    row.photo_key.clear();
    row.caption_hash.clear();
    row.keyboard_hash.clear();
  }
}

}  // namespace aisha::services
