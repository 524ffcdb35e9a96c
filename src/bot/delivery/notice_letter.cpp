// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/notice_letter.hpp"

#include <utility>

#include "bot/cards/card_wire.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/privacy/receipt.hpp"
#include "bot/features/privacy/screen.hpp"
#include "bot/features/prompt/screen.hpp"

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

Task<DeliveryOutcome> tell_appeal(LetterDesk desk, Letter letter) {
  const auto appeal = co_await desk.bot.appeals.decided(letter.item.generation_id);
  if (!appeal) {
    co_return plain(Kind::dead, "the appeal is gone");
  }
  const texts::Texts& texts = desk.texts(letter.person);
  const prompt::AnswerView view{appeal->prompt, appeal->is_allowed};
  const texts::RichText words = prompt::appeal_answer(texts, view);
  telegram::SendMessage call;
  call.text = words.text;
  call.entities = wire::entities(words.spans);
  call.reply_markup = wire::markup(prompt::answer_keyboard(texts, view));
  co_return co_await send_once(desk, std::move(letter), std::move(call));
}

Task<DeliveryOutcome> tell_receipt(LetterDesk desk, services::OutboxMessage item) {
  const auto note = co_await desk.bot.receipts.find(item.generation_id);
  if (!note) {
    co_return plain(Kind::dead, "the wish is gone");
  }
  telegram::SendMessage call;
  const texts::RichText words = privacy::receipt(desk.bot.library.in(note->language), note->tally);
  call.text = words.text;
  call.entities = wire::entities(words.spans);
  const SendDoubts::Send doubtful{"sendMessage", item.id};
  auto waits = held(desk.output, doubtful, item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(item.lease);
  const calls::Place place{item.chat_id, 0};
  const auto answer = co_await calls::send(desk.output.client, place, std::move(call));
  if (answer) {
    desk.output.doubts.accepted(doubtful);
  }
  co_return answer ? plain(Kind::sent) : outcome_of(desk.output, item.chat_id, answer.error(), doubtful);
}

}  // namespace aisha::bot
