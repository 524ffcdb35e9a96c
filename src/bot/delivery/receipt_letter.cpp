// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/receipt_letter.hpp"

#include <utility>

#include "bot/cards/card_wire.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/privacy/receipt.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

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
