// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "services/people/people.hpp"
#include "services/photos/reference_avatars.hpp"

namespace aisha::bot {

/// What an update asks of us.
struct Event {
  enum class Kind {
    press,       ///< a button
    command,     ///< "/word ..."
    text,        ///< any other text
    photo,       ///< a photo, a video or a file
    other,       ///< any other message that shows or plays something, without text
    blocked,     ///< the person blocked the bot
    unblocked,   ///< and took it back
    foreign,     ///< a press outside a private chat
    unsupported  ///< nothing for us: channels, groups, bots, Telegram's own notes in a chat, other kinds of update
  };
  Kind kind = Kind::unsupported;
  services::TelegramFacts facts;
  std::int64_t message_id = 0;              ///< pressed or written; 0 = Telegram did not say
  std::int64_t topic_id = 0;                ///< of that message; 0 = in no topic
  std::string callback_id;                  ///< to be answered
  std::string data;                         ///< of the button
  std::string text;                         ///< of the message
  std::int64_t date = 0;                    ///< of the message, Unix seconds
  std::optional<services::SentPhoto> sent;  ///< of a photo
  std::string album;                        ///< its media group; "" = it stands alone
  bool is_forwarded = false;
  std::string command;   ///< "start", without slash, bot name and arguments
  std::string argument;  ///< the one word behind it, if it is what a link may carry (1-64 of A-Za-z0-9_-); else ""
};

/// Errc::update_malformed for a text that is no update.
Result<Event> parse_event(std::string_view update_json);

}  // namespace aisha::bot
