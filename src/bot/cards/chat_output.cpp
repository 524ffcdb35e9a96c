// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/chat_output.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "base/log.hpp"

namespace aisha::bot {
namespace {

constexpr Millis kGuard{700};
constexpr std::size_t kPromptsKept = 4096;

Task<void> guarded(std::shared_ptr<CallbackAnswer> answer, Clock& clock) {
  co_await clock.sleep(kGuard);
  co_await answer->send(std::string());
}

Task<void> aside(std::shared_ptr<CallbackAnswer> answer, std::string toast) {
  co_await answer->send(std::move(toast));
}

}  // namespace

Task<void> CallbackAnswer::send(std::string toast) {
  if (sent_) {
    co_return;
  }
  sent_ = true;
  telegram::AnswerCallbackQuery answer;
  answer.callback_query_id = callback_id_;
  if (!toast.empty()) {
    answer.text = texts::cut_utf16(std::string_view(toast), kToastMax);
  }
  const auto said = co_await client_.answer_callback_query(std::move(answer));
  if (!said && said.error().kind != telegram::ErrorKind::query_too_old) {
    log::info(trace_, "answer to a button: {}", said.error().description);
  }
}

void CallbackAnswer::guard(Executor executor, std::shared_ptr<CallbackAnswer> answer, Clock& clock) {
  boost::asio::co_spawn(executor, guarded(std::move(answer), clock), boost::asio::detached);
}

void CallbackAnswer::send_aside(Executor executor, std::shared_ptr<CallbackAnswer> answer, std::string toast) {
  boost::asio::co_spawn(executor, aside(std::move(answer), std::move(toast)), boost::asio::detached);
}

void PromptMessages::note(const Uuid& generation, std::int64_t message_id) {
  if (messages_.size() >= kPromptsKept) {
    messages_.erase(messages_.begin());
  }
  messages_.insert_or_assign(generation, message_id);
}

std::optional<std::int64_t> PromptMessages::take(const Uuid& generation) {
  const auto found = messages_.extract(generation);
  return found.empty() ? std::nullopt : std::optional(found.mapped());
}

Task<void> ChatActions::react(Uuid trace, std::int64_t chat_id, std::int64_t message_id, std::string emoji) {
  telegram::SetMessageReaction reaction;
  reaction.chat_id = chat_id;
  reaction.message_id = message_id;
  reaction.reaction.emplace_back();
  reaction.reaction.back().emoji = std::move(emoji);
  const auto done = co_await output_.client.set_message_reaction(std::move(reaction));
  if (!done) {
    log::debug(trace, "reaction: {}", done.error().description);
  }
}

Task<void> ChatActions::say_once(calls::Place place, std::string words, Millis pause) {
  const TimePoint now = output_.clock.now();
  std::erase_if(said_until_, [now](const auto& said) { return said.second <= now; });
  if (!said_until_.emplace(place.chat_id, now + pause).second) {
    co_return;
  }
  telegram::SendMessage message;
  message.text = std::move(words);
  const auto sent = co_await calls::send(output_.client, place, std::move(message));
  output_.heard(place.chat_id, sent);
}

Task<void> ChatActions::uploading(calls::Place place) {
  telegram::SendChatAction action;
  action.chat_id = place.chat_id;
  if (place.topic_id != 0) {
    action.message_thread_id = place.topic_id;
  }
  action.action = "upload_photo";
  const auto done = co_await output_.client.send_chat_action(std::move(action));
  output_.heard(place.chat_id, done);
}

}  // namespace aisha::bot
