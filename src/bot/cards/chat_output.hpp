// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/task.hpp"
#include "base/uuid.hpp"
#include "bot/cards/card_calls.hpp"
#include "bot/cards/presenter.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// The one answer that a pressed button waits for: the first word wins, the rest is silence.
class CallbackAnswer {
 public:
  CallbackAnswer(telegram::BotApi& client, std::string callback_id, Uuid trace)
      : client_(client), callback_id_(std::move(callback_id)), trace_(trace) {}

  /// Sends the answer unless one was sent; errors are dropped (the person has moved on).
  Task<void> send(std::string toast);
  /// Answers empty after 700 ms, so that the button never hangs.
  static void guard(Executor executor, std::shared_ptr<CallbackAnswer> answer, Clock& clock);
  /// `send` beside whatever the caller does next.
  static void send_aside(Executor executor, std::shared_ptr<CallbackAnswer> answer, std::string toast);

 private:
  telegram::BotApi& client_;
  std::string callback_id_;
  Uuid trace_;
  bool sent_ = false;
};

/// Which written message became which generation; lost with the process, as it only serves a reaction.
class PromptMessages {
 public:
  void note(const Uuid& generation, std::int64_t message_id);
  std::optional<std::int64_t> take(const Uuid& generation);

 private:
  std::map<Uuid, std::int64_t> messages_;
};

/// What is said beside cards and may as well be lost.
class ChatActions {
 public:
  explicit ChatActions(ChatOutput line) : output_(line) {}

  Task<void> react(Uuid trace, std::int64_t chat_id, std::int64_t message_id, std::string emoji);
  /// A message; the next ones into the chat within `pause` are not sent.
  Task<void> say_once(calls::Place place, std::string words, Millis pause);
  /// "sends a photo" in the chat's header, for five seconds.
  Task<void> uploading(calls::Place place);

  telegram::BotApi& client() { return output_.client; }
  Clock& clock() { return output_.clock; }

 private:
  ChatOutput output_;
  std::map<std::int64_t, TimePoint> said_until_;
};

}  // namespace aisha::bot
