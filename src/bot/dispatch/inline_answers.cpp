// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/inline_answers.hpp"

#include <utility>

#include "base/json.hpp"
#include "base/log.hpp"

namespace aisha::bot {
namespace {

/// Telegram has given up on the answer by then (core.telegram.org/bots/api, "answerInlineQuery", refuses late ones).
constexpr Millis kWanted{20'000};

}  // namespace

Task<void> InlineAnswers::handle(services::ClaimedUpdate update) {
  auto asked = json::decode<telegram::InlineUpdate>(update.body);
  if (!asked) {
    log::warn(update.trace, "update {} is no inline query: {}", update.update_id, asked.error().detail);
    co_await inbox_.poison(std::move(update), Errc::update_malformed);
    co_return;
  }
  const bool is_late = clock_.now() - update.received_at > kWanted;
  if (!is_late) {
    // Counted by its lane, beside what its sender presses and writes.
    const Millis wait = co_await inbox_.admit(update, update.lane);
    if (wait == Millis(0)) {
      co_await answer(update, std::move(asked->inline_query));
    }
  }
  co_await inbox_.done(std::move(update));
}

Task<void> InlineAnswers::answer(const services::ClaimedUpdate& update, telegram::InlineQuery query) {
  telegram::AnswerInlineQuery results = co_await results_.answer(std::move(query));
  const auto said = co_await client_.answer_inline_query(std::move(results));
  if (!said) {
    log::info(update.trace, "an inline query is not answered: {}", said.error().description);
  }
}

}  // namespace aisha::bot
