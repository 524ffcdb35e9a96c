// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::domain {

/// What the bot waits for from the person's next text.
enum class PendingInput { none, prompt };

/// Row of `chats`: one private chat, its menu card and its counters. Read first and written with its version by every
/// handler.
struct Chat {
  std::int64_t chat_id = 0;
  Uuid user_id;
  std::int64_t card_message_id = 0;  ///< 0 = no card
  std::int64_t card_revision = 0;    ///< the nonce of paid buttons; grows when a paid tap is taken
  std::string photo_key;             ///< what the card shows now
  std::string caption_hash;
  std::string keyboard_hash;
  std::int64_t last_seen_message_id = 0;
  std::int64_t out_seq = 0;  ///< numbers the rows of this chat's outbox lane
  PendingInput pending = PendingInput::none;
  std::string pending_text;  ///< the prompt waiting for its confirmation
  std::optional<TimePoint> pending_until;
  std::int64_t version = 0;  ///< optimistic lock: every write expects the version it read
};

}  // namespace aisha::domain
