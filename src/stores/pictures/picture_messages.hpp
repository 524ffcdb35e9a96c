// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// `picture_messages`: the messages of a chat that show a person's picture, so that they can be told what became of it,
/// and lose it when it is purged. The menu card stands in `chats` instead.
namespace aisha::stores::picture_messages {

enum class Kind {
  result,    ///< the message in which it was made, or that was sent in its place
  photo,     ///< a card that was left behind with it
  document,  ///< its file
  album,
  share
};
std::string_view text_of(Kind kind);

struct Message {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  Uuid generation_id;
  Kind kind = Kind::result;
  TimePoint sent_at{};  ///< not after the moment it was sent; the epoch = unknown
};

/// A message noted before shows this picture from now on, and has nothing to lose any more.
void note(UnitOfWork& unit, const Message& message);
/// The message is gone from its chat.
void forget(UnitOfWork& unit, std::int64_t chat_id, std::int64_t message_id);

/// Those that show the picture, newest first, at most `limit`.
Task<std::vector<Message>> of_picture(UnitOfWork& unit, Uuid generation_id, std::int64_t limit);

/// Whatever shows the picture is to lose it (message_blanks.hpp): all its messages, and the menu cards of its owner,
/// which are no menu cards any more. To be collected before what changes the picture's row.
void blank(UnitOfWork& unit, const Uuid& generation_id);

}  // namespace aisha::stores::picture_messages
