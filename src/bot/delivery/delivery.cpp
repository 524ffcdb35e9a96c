// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/delivery.hpp"

#include <utility>

#include "bot/delivery/delivery_outcome.hpp"
#include "bot/delivery/file_letter.hpp"
#include "bot/delivery/notice_letter.hpp"
#include "bot/delivery/state_letter.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using services::Meaning;
using Kind = DeliveryOutcome::Kind;

Task<DeliveryOutcome> Delivery::deliver(services::OutboxMessage item) {
  const ChatOutput& output = desk_.output;
  const TimePoint now = output.clock.now();
  const TimePoint free = output.flood.free_at(item.chat_id, now);
  if (free > now) {
    DeliveryOutcome wait = plain(Kind::flood, "the chat is flooded");
    wait.retry_after = free - now;
    co_return wait;
  }
  output.flood.sends(item.chat_id, now);
  if (item.meaning == Meaning::personal_note && item.detail == services::kErasedNote) {
    co_return co_await tell_receipt(desk_, std::move(item));
  }
  auto person = co_await desk_.bot.people.of_chat(item.chat_id);
  if (!person) {
    co_return plain(Kind::dead, "the person is gone");
  }
  if (person->is_being_erased) {
    co_return plain(Kind::not_modified);
  }
  const Meaning meaning = item.meaning;
  Letter letter{std::move(item), std::move(*person)};
  switch (meaning) {
    case Meaning::job_status:
    case Meaning::job_result:
    case Meaning::job_failed:
    case Meaning::job_cancelled: co_return co_await jobs_.tell(std::move(letter));
    case Meaning::ready_notice: co_return co_await tell_notice(desk_, std::move(letter));
    case Meaning::original: co_return co_await tell_file(desk_, std::move(letter));
    case Meaning::share_copy: co_return co_await tell_copy(desk_, std::move(letter));
    case Meaning::avatar_card: co_return co_await tell_avatar(desk_, std::move(letter));
    case Meaning::picture_state: co_return co_await tell_state(desk_, std::move(letter));
    case Meaning::export_part: co_return co_await tell_part(desk_, std::move(letter));
    case Meaning::personal_note: co_return co_await tell_note(desk_, std::move(letter));
    case Meaning::appeal_answer: co_return co_await tell_appeal(desk_, std::move(letter));
    case Meaning::batch_status: co_return co_await batches_.tell_status(std::move(letter));
    case Meaning::batch_result: co_return co_await batches_.tell_result(std::move(letter));
    case Meaning::batch_album: co_return co_await tell_album(desk_, std::move(letter));
  }
  co_return plain(Kind::dead, "a meaning without a letter");
}

}  // namespace aisha::bot
