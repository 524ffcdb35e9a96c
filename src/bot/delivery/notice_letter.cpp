// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/notice_letter.hpp"

#include <utility>

#include "bot/delivery/delivery_outcome.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

Task<DeliveryOutcome> tell_notice(LetterDesk desk, Letter letter) {
  if (!letter.person.settings.notify) {
    co_return plain(Kind::not_modified);
  }
  const auto view = co_await desk.bot.generations.status(letter.item.generation_id);
  if (!view) {
    co_return plain(Kind::dead, "the generation is gone");
  }
  const std::int64_t message = view->job ? view->job->status_message_id : 0;
  if (view->picture.deleted_at || message == 0) {
    co_return plain(Kind::not_modified);
  }
  co_return co_await say_once(desk, std::move(letter), "result.ready", message);
}

}  // namespace aisha::bot
