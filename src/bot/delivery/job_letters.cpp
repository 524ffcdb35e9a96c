// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/job_letters.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"
#include "base/zone.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"

namespace aisha::bot {
namespace {

using services::DeliveryOutcome;
using services::Meaning;
using Kind = DeliveryOutcome::Kind;

constexpr std::size_t kStatusesKept = 4096;

/// Until what was spent on the day of that end may be spent again.
std::int64_t seconds_to_open(TimePoint ended, TimePoint now) {
  return std::chrono::ceil<std::chrono::seconds>(std::max(end_of_utc_day(ended) - now, Millis(0))).count();
}

std::string words_hash(const Card& card) {
  return caption_hash(card.caption) + keyboard_hash(card.keyboard);
}

}  // namespace

job::StatusView progress_of(const services::Listener& person, const services::StatusView& view) {
  return {.generation = {},
          .queue_position = view.queue_position,
          .usual_seconds = view.usual_seconds,
          .elapsed = view.elapsed,
          .waits_long = view.waits_long,
          .slow = view.slow || view.provider_paused,
          .cancelling = view.job && view.job->cancel_requested,
          .anew = view.job && view.job->rerolls > 0 && !view.provider_paused,
          .patient_until = view.patient_until ? local_time(*view.patient_until, person.timezone) : std::string(),
          .rewriting = view.rewriting,
          .rewritten = view.rewritten,
          .unsure = view.job && view.job->state == domain::JobState::unconfirmed};
}

Task<DeliveryOutcome> JobLetters::tell(Letter letter) {
  auto view = co_await desk_.bot.generations.status(letter.item.generation_id);
  if (!view) {
    co_return plain(Kind::dead, "the generation is gone");
  }
  const bool is_gift = view->picture.variation == domain::Variation::late;
  if (is_gift && view->picture.state == domain::PictureState::failed) {
    // Nobody waits for it, and its coins are back long since.
    co_return plain(Kind::not_modified);
  }
  const bool is_status = letter.item.meaning == Meaning::job_status;
  if (is_status && view->picture.state != domain::PictureState::open) {
    // Its end is told by a row of its own.
    co_return plain(Kind::not_modified);
  }
  Card card = card_of(letter, *view);
  if (says_nothing_new(letter, card)) {
    co_return plain(Kind::not_modified);
  }
  std::string hash = words_hash(card);
  DeliveryOutcome out = co_await edit(letter, std::move(card), *view);
  const bool is_there = out.kind == Kind::sent || out.kind == Kind::not_modified;
  if (!is_status && is_there && letter.item.attempts > 1) {
    out = co_await correct(letter, std::move(out), hash);
  }
  if (out.kind == Kind::not_modified && !out.shows && view->job) {
    out.shows = {.message_id = view->job->status_message_id};
  }
  if (view->picture.state != domain::PictureState::ready || (out.shows && out.shows->message_id == 0)) {
    out.shows.reset();
  }
  if (out.kind == Kind::sent || out.kind == Kind::not_modified) {
    desk_.output.flood.accepted(letter.item.chat_id);
    note_shown(letter, std::move(hash));
    co_await afterwards(letter);
  }
  co_return out;
}

Card JobLetters::card_of(const Letter& letter, const services::StatusView& view) const {
  const domain::Picture& picture = view.picture;
  if (picture.state == domain::PictureState::ready) {
    return finished_card(desk_, letter.person, view);
  }
  const domain::Language language = letter.person.settings.language;
  const texts::Texts& texts = desk_.texts(letter.person);
  GenerationView generation = desk_.bot.catalog_view.generation(picture, view.avatar, language);
  if (view.avatar) {
    generation.avatar = desk_.bot.people.name_of(*view.avatar, language);
  }
  if (picture.state == domain::PictureState::failed) {
    const Errc code = errc_from(picture.error_code);
    const TimePoint now = desk_.output.clock.now();
    const job::FailedView failed{.generation = generation,
                                 .code = code,
                                 .returned = picture.price,
                                 .coins = letter.person.balance,
                                 .seconds_to_open = seconds_to_open(picture.finished_at.value_or(now), now)};
    return job::failed_card(texts, failed);
  }
  if (picture.state == domain::PictureState::cancelled) {
    const job::FailedView cancelled{generation, Errc::job_cancelled, picture.price, letter.person.balance};
    return job::cancelled_card(texts, cancelled);
  }
  job::StatusView status = progress_of(letter.person, view);
  status.generation = std::move(generation);
  return job::status_card(texts, status);
}

/// A status that reads as the one before: Telegram would refuse the edit.
bool JobLetters::says_nothing_new(const Letter& letter, const Card& card) const {
  const auto before = shown_.find(letter.item.generation_id);
  return letter.item.meaning == Meaning::job_status && before != shown_.end() && before->second == words_hash(card);
}

void JobLetters::note_shown(const Letter& letter, std::string hash) {
  if (letter.item.meaning != Meaning::job_status) {
    shown_.erase(letter.item.generation_id);
    return;
  }
  if (shown_.size() >= kStatusesKept) {
    shown_.erase(shown_.begin());
  }
  shown_.insert_or_assign(letter.item.generation_id, std::move(hash));
}

Task<void> JobLetters::afterwards(const Letter& letter) {
  const Uuid about = letter.item.generation_id;
  if (letter.item.meaning == Meaning::job_status) {
    co_await sign_.show(letter.place(), about);
    co_return;
  }
  const auto prompt = prompts_.take(about);
  if (prompt && letter.item.meaning == Meaning::job_result) {
    co_await chat_actions_.react(about, letter.item.chat_id, *prompt, "👌");
  }
}

Task<DeliveryOutcome> JobLetters::edit(Letter letter, Card card, const services::StatusView& view) {
  const std::int64_t message_id = view.job ? view.job->status_message_id : 0;
  const Uuid owner = view.picture.user_id;
  if (message_id == 0 && view.picture.deleted_at) {
    // That it was removed its person knows.
    co_return plain(Kind::not_modified);
  }
  if (message_id == 0) {
    co_return co_await send_letter(desk_, std::move(letter), std::move(card), owner);
  }
  const bool is_end = letter.item.meaning != Meaning::job_status;
  const Uuid about = letter.item.generation_id;
  const std::int64_t chat_id = letter.item.chat_id;
  auto out = co_await edit_letter(desk_, std::move(letter), message_id, std::move(card), owner);
  if (out.kind == Kind::gone) {
    log::info(about, "status message {} of chat {} is gone", message_id, chat_id);
    // Progress is not worth a message of its own: its end is.
    co_return plain(is_end ? Kind::gone : Kind::not_modified);
  }
  co_return out;
}

/// An end that an earlier try may have shown already: its person may have pressed a button of it while this one was on
/// its way, and what they did is what the message says then.
Task<DeliveryOutcome> JobLetters::correct(Letter letter, DeliveryOutcome out, std::string shown) {
  auto view = co_await desk_.bot.generations.status(letter.item.generation_id);
  if (!view || !view->job || view->job->status_message_id == 0) {
    co_return out;
  }
  Card card = card_of(letter, *view);
  if (words_hash(card) == shown) {
    co_return out;
  }
  co_return co_await edit(std::move(letter), std::move(card), *view);
}

}  // namespace aisha::bot
