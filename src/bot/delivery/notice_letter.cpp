// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/notice_letter.hpp"

#include <utility>

#include "bot/cards/card_wire.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/privacy/screen.hpp"

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

Task<DeliveryOutcome> tell_note(LetterDesk desk, Letter letter) {
  const auto progress = co_await desk.bot.archives.progress(letter.item.generation_id);
  if (letter.item.detail != services::kExportStopped || !progress) {
    co_return plain(Kind::dead, "a note without words");
  }
  const texts::Texts& texts = desk.texts(letter.person);
  telegram::SendMessage call;
  call.text = texts.plain(progress->is_unmade ? "data.unmade" : "data.stopped",
                          {{"part", progress->part}, {"parts", progress->parts}});
  call.reply_markup = wire::markup(privacy::note_keyboard(texts));
  co_return co_await send_once(desk, std::move(letter), std::move(call));
}

}  // namespace aisha::bot
