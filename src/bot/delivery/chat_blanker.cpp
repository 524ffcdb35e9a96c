// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/chat_blanker.hpp"

#include <utility>

#include "bot/cards/card_calls.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/features/picture/screen.hpp"

namespace aisha::bot {

using Answer = services::Blanker::Answer;
using Kind = Answer::Kind;
using telegram::ErrorKind;

std::optional<Answer> ChatBlanker::held_back(std::int64_t chat_id) const {
  const TimePoint now = desk_.output.clock.now();
  const TimePoint free = desk_.output.flood.free_at(chat_id, now);
  if (free > now) {
    return Answer{Kind::later, free - now, {}};
  }
  desk_.output.flood.sends(chat_id, now);
  return std::nullopt;
}

Answer ChatBlanker::answer_of(std::int64_t chat_id, const telegram::ApiError& error) const {
  switch (error.kind) {
    case ErrorKind::not_modified:
    case ErrorKind::message_not_found:
    case ErrorKind::blocked:
    case ErrorKind::chat_not_found: return {};
    case ErrorKind::flood: {
      const TimePoint now = desk_.output.clock.now();
      desk_.output.flood.refused(chat_id, error.retry_after, now);
      return {Kind::later, desk_.output.flood.free_at(chat_id, now) - now, error.description};
    }
    case ErrorKind::server:
    case ErrorKind::not_sent:
    case ErrorKind::unknown_outcome:
    case ErrorKind::unauthorized:
    case ErrorKind::conflict: return {Kind::away, Millis(0), error.description};
    default: return {Kind::refused, Millis(0), error.description};
  }
}

Task<Answer> ChatBlanker::remove(std::int64_t chat_id, std::vector<std::int64_t> messages) {
  if (auto wait = held_back(chat_id)) {
    co_return std::move(*wait);
  }
  telegram::DeleteMessages call{chat_id, std::move(messages)};
  const auto done = co_await desk_.output.client.delete_messages(std::move(call));
  if (done) {
    desk_.output.flood.accepted(chat_id);
    co_return Answer{};
  }
  Answer answer = answer_of(chat_id, done.error());
  if (answer.kind == Kind::refused) {
    // One of them may be older than was thought: each can be changed at any age.
    answer.kind = Kind::too_old;
  }
  co_return answer;
}

Task<Answer> ChatBlanker::blank(std::int64_t chat_id, std::int64_t message_id) {
  if (auto wait = held_back(chat_id)) {
    co_return std::move(*wait);
  }
  const auto person = co_await desk_.bot.people.of_chat(chat_id);
  const services::Listener listener = person.value_or(services::Listener{});
  const Card card = picture::blank_card(desk_.texts(listener));
  for (;;) {
    auto drawn = co_await desk_.photos.get(card.photo, Uuid());
    if (!drawn) {
      co_return Answer{Kind::away, Millis(0), drawn.error().detail};
    }
    const bool by_id = drawn->by_id();
    PhotoLadder::Step step{PhotoLadder::Rung::photo, std::move(*drawn)};
    const auto answer = co_await calls::edit(desk_.output.client, chat_id, message_id, card, step);
    if (answer) {
      desk_.output.flood.accepted(chat_id);
      std::string id = answer->photo && !answer->photo->empty() ? answer->photo->back().file_id : std::string();
      co_await desk_.photos.uploaded(std::move(*step.drawn), std::move(id));
      co_return Answer{};
    }
    if (!by_id || !PhotoLadder::is_refusal(answer.error().kind)) {
      co_return answer_of(chat_id, answer.error());
    }
    // The id of the neutral picture may be the reason: its bytes are tried before it counts as refused.
    std::string key = step.drawn->key;
    co_await desk_.photos.forget(std::move(key));
  }
}

}  // namespace aisha::bot
