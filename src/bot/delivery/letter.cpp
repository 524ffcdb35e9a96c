// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/letter.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/picture/screen.hpp"
#include "bot/flow/paid_order.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;
using telegram::ErrorKind;

void insist(const services::Lease& lease) {
  if (lease.over()) {
    throw std::runtime_error("its lease is over");
  }
}

bool is_gone(ErrorKind kind) {
  return kind == ErrorKind::message_not_found || kind == ErrorKind::cant_be_edited;
}

TimePoint sent_at(const telegram::Message& message) {
  return TimePoint(std::chrono::seconds(message.date));
}

Card finished_card(const LetterDesk& desk, const services::Listener& person, const services::StatusView& view) {
  const domain::Picture& picture = view.picture;
  const texts::Texts& texts = desk.texts(person);
  if (picture.deleted_at && picture.object.key.empty()) {
    return picture::blank_card(texts);
  }
  if (picture.deleted_at) {
    return picture::deleted_card(texts, picture.id, desk.bot.gallery.trash_days(), picture::WayOn::create);
  }
  const domain::Language language = person.settings.language;
  GenerationView generation = desk.bot.catalog_view.generation(picture, view.avatar, language);
  if (view.avatar) {
    generation.avatar = desk.bot.people.name_of(*view.avatar, language);
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(view.elapsed).count();
  const picture::ResultView result{.generation = std::move(generation),
                                   .seconds = std::max<std::int64_t>(seconds, 1),
                                   .coins = person.balance,
                                   .day = picture.local_day,
                                   .marks = view.marks,
                                   .nonce = nonce_of(person.card_revision),
                                   .is_gift = picture.variation == domain::Variation::late};
  return picture::result_card(texts, result);
}

Task<DeliveryOutcome> edit_letter(LetterDesk desk, Letter letter, std::int64_t message_id, Card card, Uuid owner) {
  PhotoLadder ladder(desk.photos, card.photo, owner);
  for (;;) {
    auto step = co_await ladder.next_or_wait();
    if (!step) {
      const bool gone = step.error().code == Errc::already_deleted || step.error().code == Errc::not_found;
      co_return plain(gone ? Kind::dead : Kind::retry, step.error().detail);
    }
    insist(letter.item.lease);
    const auto answer = co_await calls::edit(desk.output.client, letter.item.chat_id, message_id, card, *step);
    if (answer) {
      DeliveryOutcome out = plain(Kind::sent);
      out.shows = {.message_id = message_id, .sent_at = sent_at(*answer)};
      co_await ladder.taken(std::move(*step), *answer);
      co_return out;
    }
    telegram::ApiError error = answer.error();
    if (is_gone(error.kind)) {
      co_return plain(Kind::gone, error.description);
    }
    const bool goes_down = co_await ladder.down(std::move(*step), error);
    if (!goes_down) {
      co_return outcome_of(desk.output, letter.item.chat_id, error);
    }
  }
}

Task<DeliveryOutcome> send_letter(LetterDesk desk, Letter letter, Card card, Uuid owner) {
  ChatOutput& output = desk.output;
  PhotoLadder ladder(desk.photos, card.photo, owner);
  for (;;) {
    auto step = co_await ladder.next_or_wait();
    if (!step) {
      co_return plain(Kind::retry, step.error().detail);
    }
    const SendDoubts::Send doubtful{step->method(), letter.item.id};
    auto waits = held(output, doubtful, letter.item.maybe_sent);
    if (waits) {
      co_return std::move(*waits);
    }
    insist(letter.item.lease);
    const auto answer = co_await calls::send(output.client, letter.place(), card, *step);
    if (answer) {
      output.doubts.accepted(doubtful);
      DeliveryOutcome out = plain(Kind::sent);
      out.message_id = answer->message_id;
      out.shows = {.message_id = answer->message_id, .sent_at = sent_at(*answer)};
      co_await ladder.taken(std::move(*step), *answer);
      co_return out;
    }
    telegram::ApiError error = answer.error();
    const bool goes_down = co_await ladder.down(std::move(*step), error);
    if (!goes_down) {
      co_return outcome_of(output, letter.item.chat_id, error, doubtful);
    }
  }
}

Task<DeliveryOutcome> send_once(LetterDesk desk, Letter letter, telegram::SendMessage call) {
  const SendDoubts::Send doubtful{"sendMessage", letter.item.id};
  auto waits = held(desk.output, doubtful, letter.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(letter.item.lease);
  const auto answer = co_await calls::send(desk.output.client, letter.place(), std::move(call));
  if (answer) {
    desk.output.doubts.accepted(doubtful);
  }
  co_return answer ? plain(Kind::sent) : outcome_of(desk.output, letter.item.chat_id, answer.error(), doubtful);
}

Task<DeliveryOutcome> say_once(LetterDesk desk, Letter letter, std::string text_id, std::int64_t in_reply_to) {
  telegram::SendMessage call;
  call.text = desk.texts(letter.person).plain(text_id);
  if (in_reply_to != 0) {
    call.reply_parameters.emplace();
    call.reply_parameters->message_id = in_reply_to;
  }
  co_return co_await send_once(desk, std::move(letter), std::move(call));
}

}  // namespace aisha::bot
