// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/delivery.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/log.hpp"
#include "bot/cards/card_calls.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/job/screen.hpp"
#include "bot/features/picture/screen.hpp"

namespace aisha::bot {
namespace {

using services::DeliveryOutcome;
using services::Meaning;
using telegram::ErrorKind;
using Kind = DeliveryOutcome::Kind;

bool is_gone(ErrorKind kind) {
  return kind == ErrorKind::message_not_found || kind == ErrorKind::cant_be_edited;
}

bool is_end(Meaning meaning) {
  return meaning == Meaning::job_result || meaning == Meaning::job_failed || meaning == Meaning::job_cancelled;
}

constexpr std::size_t kStatusesKept = 4096;

std::string words_hash(const Card& card) {
  return caption_hash(card.caption) + keyboard_hash(card.keyboard);
}

/// To be asked last before each call: another process may have told something newer by now.
void insist(const services::Lease& lease) {
  if (lease.over()) {
    throw std::runtime_error("its lease is over");
  }
}

}  // namespace

/// One row on its way to its chat.
struct Delivery::Outgoing {
  services::OutboxMessage item;
  services::Listener person;
  services::StatusView view;
  std::optional<Card> card;

  const domain::Picture& picture() const { return view.picture; }
  calls::Place place() const { return {item.chat_id, person.topic_id}; }
  std::int64_t message_id() const { return view.job ? view.job->status_message_id : 0; }
};

std::optional<Card> Delivery::card_of(const Outgoing& outgoing) const {
  const domain::Picture& picture = outgoing.picture();
  const domain::Language language = outgoing.person.settings.language;
  const texts::Texts& texts = bot_.library.in(domain::text_of(language));
  GenerationView generation = bot_.catalog_view.generation(picture, outgoing.view.avatar, language);
  if (outgoing.view.avatar) {
    generation.avatar = bot_.people.name_of(*outgoing.view.avatar, language);
  }
  const std::int64_t coins = outgoing.person.balance;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(outgoing.view.elapsed).count();
  switch (picture.state) {
    case domain::PictureState::ready: {
      const picture::ResultView result{.generation = generation,
                                       .seconds = std::max<std::int64_t>(seconds, 1),
                                       .coins = coins,
                                       .day = picture.local_day,
                                       .marks = outgoing.view.marks};
      return picture.deleted_at ? std::nullopt : std::optional(picture::result_card(texts, result));
    }
    case domain::PictureState::failed: {
      const Errc code = errc_from(picture.error_code);
      const job::FailedView failed{generation, code, picture.price, coins};
      return job::failed_card(texts, failed);
    }
    case domain::PictureState::cancelled: {
      const job::FailedView cancelled{generation, Errc::job_cancelled, picture.price, coins};
      return job::cancelled_card(texts, cancelled);
    }
    case domain::PictureState::open: break;
  }
  const bool slow = outgoing.view.slow || outgoing.view.provider_paused;
  const bool cancelling = outgoing.view.job && outgoing.view.job->cancel_requested;
  const bool unsure = outgoing.view.job && outgoing.view.job->state == domain::JobState::unconfirmed;
  const job::StatusView status{.generation = generation,
                               .queue_position = outgoing.view.queue_position,
                               .usual_seconds = outgoing.view.usual_seconds,
                               .elapsed = outgoing.view.elapsed,
                               .waits_long = outgoing.view.waits_long,
                               .slow = slow,
                               .cancelling = cancelling,
                               .unsure = unsure};
  return job::status_card(texts, status);
}

Task<DeliveryOutcome> Delivery::deliver(services::OutboxMessage item) {
  Outgoing outgoing;
  outgoing.item = std::move(item);
  const TimePoint now = output_.clock.now();
  const TimePoint free = output_.flood.free_at(outgoing.item.chat_id, now);
  if (free > now) {
    DeliveryOutcome wait = plain(Kind::flood, "the chat is flooded");
    wait.retry_after = free - now;
    co_return wait;
  }
  output_.flood.sends(outgoing.item.chat_id, now);
  auto person = co_await bot_.people.of_chat(outgoing.item.chat_id);
  auto view = co_await bot_.generations.status(outgoing.item.generation_id);
  if (!person || !view) {
    co_return plain(Kind::dead, "the person or the generation is gone");
  }
  outgoing.person = std::move(*person);
  outgoing.view = std::move(*view);
  if (outgoing.item.meaning == Meaning::ready_notice) {
    co_return co_await notice(outgoing);
  }
  if (outgoing.item.meaning == Meaning::original) {
    co_return co_await original(outgoing);
  }
  if (outgoing.item.meaning == Meaning::job_status && outgoing.picture().state != domain::PictureState::open) {
    // Its end is told by a row of its own.
    co_return plain(Kind::not_modified);
  }
  outgoing.card = card_of(outgoing);
  if (!outgoing.card) {
    co_return plain(Kind::not_modified);
  }
  if (says_nothing_new(outgoing)) {
    co_return plain(Kind::not_modified);
  }
  DeliveryOutcome out = co_await put(outgoing);
  const bool told = out.kind == Kind::sent || out.kind == Kind::not_modified;
  if (told) {
    output_.flood.accepted(outgoing.item.chat_id);
    note_shown(outgoing);
  }
  if (told && outgoing.item.meaning == Meaning::job_status) {
    co_await sign_.show(outgoing.place(), outgoing.item.generation_id);
  }
  if (told && is_end(outgoing.item.meaning)) {
    const auto prompt = prompts_.take(outgoing.item.generation_id);
    if (prompt && outgoing.item.meaning == Meaning::job_result) {
      co_await chat_actions_.react(outgoing.item.generation_id, outgoing.item.chat_id, *prompt, "👌");
    }
  }
  co_return out;
}

/// A status that reads as the one before: Telegram would refuse the edit.
bool Delivery::says_nothing_new(const Outgoing& outgoing) const {
  const auto before = shown_.find(outgoing.item.generation_id);
  return outgoing.item.meaning == Meaning::job_status && before != shown_.end() &&
         before->second == words_hash(*outgoing.card);
}

void Delivery::note_shown(const Outgoing& outgoing) {
  if (outgoing.item.meaning != Meaning::job_status) {
    shown_.erase(outgoing.item.generation_id);
    return;
  }
  if (shown_.size() >= kStatusesKept) {
    shown_.erase(shown_.begin());
  }
  shown_.insert_or_assign(outgoing.item.generation_id, words_hash(*outgoing.card));
}

Task<DeliveryOutcome> Delivery::put(Outgoing& outgoing) {
  if (outgoing.message_id() == 0) {
    co_return co_await send(outgoing);
  }
  co_return co_await edit(outgoing);
}

Task<DeliveryOutcome> Delivery::edit(Outgoing& outgoing) {
  PhotoLadder ladder(photos_, outgoing.card->photo, outgoing.picture().user_id);
  for (;;) {
    auto step = co_await ladder.next_or_wait();
    if (!step) {
      const bool gone = step.error().code == Errc::already_deleted || step.error().code == Errc::not_found;
      co_return plain(gone ? Kind::dead : Kind::retry, step.error().detail);
    }
    insist(outgoing.item.lease);
    const auto answer =
        co_await calls::edit(output_.client, outgoing.item.chat_id, outgoing.message_id(), *outgoing.card, *step);
    if (answer) {
      co_await ladder.taken(std::move(*step), *answer);
      co_return plain(Kind::sent);
    }
    telegram::ApiError error = answer.error();
    if (is_gone(error.kind)) {
      log::info(outgoing.item.generation_id, "status message {} of chat {} is gone", outgoing.message_id(),
                outgoing.item.chat_id);
      // Progress is not worth a message of its own: its end is.
      co_return plain(is_end(outgoing.item.meaning) ? Kind::gone : Kind::not_modified);
    }
    const bool goes_down = co_await ladder.down(std::move(*step), error);
    if (!goes_down) {
      co_return outcome_of(output_, outgoing.item.chat_id, error);
    }
  }
}

Task<DeliveryOutcome> Delivery::send(Outgoing& outgoing) {
  PhotoLadder ladder(photos_, outgoing.card->photo, outgoing.picture().user_id);
  for (;;) {
    auto step = co_await ladder.next_or_wait();
    if (!step) {
      co_return plain(Kind::retry, step.error().detail);
    }
    const SendDoubts::Send doubtful{step->method(), outgoing.item.id};
    auto waits = held(output_, doubtful, outgoing.item.maybe_sent);
    if (waits) {
      co_return std::move(*waits);
    }
    insist(outgoing.item.lease);
    const auto answer = co_await calls::send(output_.client, outgoing.place(), *outgoing.card, *step);
    if (answer) {
      output_.doubts.accepted(doubtful);
      DeliveryOutcome out = plain(Kind::sent);
      out.message_id = answer->message_id;
      co_await ladder.taken(std::move(*step), *answer);
      co_return out;
    }
    telegram::ApiError error = answer.error();
    const bool goes_down = co_await ladder.down(std::move(*step), error);
    if (!goes_down) {
      co_return outcome_of(output_, outgoing.item.chat_id, error, doubtful);
    }
  }
}

Task<DeliveryOutcome> Delivery::original(Outgoing& outgoing) {
  const domain::Picture& picture = outgoing.picture();
  if (picture.deleted_at) {
    co_return plain(Kind::not_modified);
  }
  auto document = co_await photos_.original(picture.id, picture.user_id);
  if (!document) {
    co_return plain(Kind::retry, document.error().detail);
  }
  telegram::SendDocument call;
  call.file = document->file;
  call.caption = bot_.library.in(domain::text_of(outgoing.person.settings.language)).plain("result.document");
  call.disable_content_type_detection = true;
  const SendDoubts::Send doubtful{"sendDocument", outgoing.item.id};
  auto waits = held(output_, doubtful, outgoing.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(outgoing.item.lease);
  const auto answer = co_await calls::send(output_.client, outgoing.place(), std::move(call));
  if (answer) {
    output_.doubts.accepted(doubtful);
    std::string file_id = answer->document ? answer->document->file_id : std::string();
    co_await photos_.uploaded(std::move(*document), std::move(file_id));
    co_return plain(Kind::sent);
  }
  const bool refused = PhotoLadder::is_refusal(answer.error().kind);
  if (refused && document->by_id()) {
    co_await photos_.forget(document->key);
    co_return co_await original(outgoing);
  }
  if (refused) {
    log::warn(outgoing.item.generation_id, "Telegram takes no file of it: {}", answer.error().description);
    co_return co_await say(outgoing, "result.document_refused");
  }
  co_return outcome_of(output_, outgoing.item.chat_id, answer.error(), doubtful);
}

Task<DeliveryOutcome> Delivery::notice(Outgoing& outgoing) {
  if (outgoing.picture().deleted_at || outgoing.message_id() == 0) {
    co_return plain(Kind::not_modified);
  }
  co_return co_await say(outgoing, "result.ready");
}

/// A short text in reply to the picture's message.
Task<DeliveryOutcome> Delivery::say(Outgoing& outgoing, const char* id) {
  telegram::SendMessage call;
  call.text = bot_.library.in(domain::text_of(outgoing.person.settings.language)).plain(id);
  if (outgoing.message_id() != 0) {
    call.reply_parameters.emplace();
    call.reply_parameters->message_id = outgoing.message_id();
  }
  const SendDoubts::Send doubtful{"sendMessage", outgoing.item.id};
  auto waits = held(output_, doubtful, outgoing.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(outgoing.item.lease);
  const auto answer = co_await calls::send(output_.client, outgoing.place(), std::move(call));
  if (answer) {
    output_.doubts.accepted(doubtful);
  }
  co_return answer ? plain(Kind::sent) : outcome_of(output_, outgoing.item.chat_id, answer.error(), doubtful);
}

}  // namespace aisha::bot
