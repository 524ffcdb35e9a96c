// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "base/uuid.hpp"

namespace aisha::domain {

/// `chats.awaits`: what the person's next text is taken for.
enum class Awaits : std::uint8_t {
  nothing,
  prompt,       ///< the words of a picture
  styles,       ///< words to find styles by
  pictures,     ///< words to find own pictures by
  name,         ///< of the picture `awaits_ref`
  avatar_name,  ///< of the avatar `awaits_ref`
  zone,         ///< a time zone
  photos,       ///< no text: photos join the avatar `awaits_ref`; without one they begin a new one
  words         ///< what to change in the picture `awaits_ref`
};
/// "" for nothing, "prompt", ...; a word of a newer release is nothing.
std::string_view text_of(Awaits awaits);
Awaits awaits_from(std::string_view text);

/// Row of `chats`: one private chat, its menu card and its counters. Read first and written with its version by every
/// handler.
struct Chat {
  std::int64_t chat_id = 0;
  Uuid user_id;
  std::int64_t card_message_id = 0;  ///< 0 = no card
  /// Grows with every paid tap and with every change of what a paid button rests on; part of its nonce.
  std::int64_t card_revision = 0;
  std::string photo_key;  ///< what the card shows now
  std::string caption_hash;
  std::string keyboard_hash;
  std::int64_t last_seen_message_id = 0;
  std::int64_t out_seq = 0;  ///< numbers the rows of this chat's outbox lane
  Awaits awaits = Awaits::nothing;
  std::optional<Uuid> awaits_ref;         ///< what the text is about
  std::optional<TimePoint> awaits_until;  ///< then a text is only a text again
  std::string draft;                      ///< the words that wait for a confirmation
  std::optional<Uuid> draft_ref;          ///< the picture that they change; none: they are a prompt
  std::string searched;                   ///< the words last looked for
  /// The messages that were answered last as one: the id of their media group, or the kind and the moment of a paste
  /// that Telegram cut and of texts that were forwarded together.
  std::string album;
  std::int64_t topic_id = 0;  ///< where the person wrote or pressed last, and so where answers go; 0 = the chat itself
  std::int64_t version = 0;   ///< optimistic lock: every write expects the version it read
};

}  // namespace aisha::domain
