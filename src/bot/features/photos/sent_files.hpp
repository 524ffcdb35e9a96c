// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/cards/chat_output.hpp"
#include "services/photos/photo_intake.hpp"

namespace aisha::bot::photos {

/// Files that people sent, from Telegram: getFile, then the bytes.
class SentFiles final : public services::FileSource {
 public:
  SentFiles(telegram::BotApi& client, ChatActions& actions) : client_(client), actions_(actions) {}

  Task<Result<std::string>> fetch(std::string file_id, std::size_t most) override;
  /// 👌 or 🤔, of the emoji that Telegram takes as reactions (core.telegram.org/bots/api#reactiontypeemoji).
  Task<void> acknowledge(std::int64_t chat_id, std::int64_t message_id, bool is_kept) override;

 private:
  telegram::BotApi& client_;
  ChatActions& actions_;
};

}  // namespace aisha::bot::photos
