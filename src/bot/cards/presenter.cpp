// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/presenter.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/log.hpp"
#include "bot/cards/card_calls.hpp"
#include "bot/cards/card_wire.hpp"
#include "services/context/away.hpp"

namespace aisha::bot {
namespace {

using telegram::ApiError;
using telegram::ApiResult;
using telegram::ErrorKind;
using telegram::Message;

constexpr int kTries = 4;
/// `chats.photo_key` of a card that Telegram took no picture for.
constexpr std::string_view kWordsAlone = "text";
constexpr Millis kFirstPause{300};
constexpr Millis kPatience{1'000};

bool is_unreachable(ErrorKind kind) {
  return kind == ErrorKind::blocked || kind == ErrorKind::chat_not_found;
}

/// Nobody's call would have fared better.
bool is_away(ErrorKind kind) {
  return kind == ErrorKind::server || kind == ErrorKind::not_sent || kind == ErrorKind::unknown_outcome ||
         kind == ErrorKind::unauthorized;
}

bool is_passing(ErrorKind kind) {
  return kind == ErrorKind::flood || is_away(kind);
}

[[noreturn]] void give_up(const char* what, const ApiError& error) {
  const std::string told = fmt::format("{}: {}", what, error.description);
  if (is_away(error.kind)) {
    throw services::Away(told);
  }
  throw std::runtime_error(told);
}

/// To be asked last before each call.
void insist(const services::Lease& lease) {
  if (lease.over()) {
    throw std::runtime_error("its lease is over: nothing more is shown for it here");
  }
}

}  // namespace

/// One message to change, and what it shows as far as it is known ("" = unknown).
struct Presenter::Place {
  std::int64_t chat_id = 0;
  std::int64_t message_id = 0;
  Uuid owner;
  std::string photo_key;
  std::string caption_hash;
  std::string keyboard_hash;
  services::Lease lease;
};

std::optional<Millis> Presenter::flooded(std::int64_t chat_id) const {
  const TimePoint now = output_.clock.now();
  const Millis wait = output_.flood.free_at(chat_id, now) - now;
  return wait > kPatience ? std::optional(wait) : std::nullopt;
}

Millis Presenter::pause_of(Uuid trace, std::int64_t chat_id) const {
  return std::max(flooded(chat_id).value_or(Millis(0)), output_.doubts.wait(trace, output_.clock.now()));
}

/// False when it would take longer than a handler may hold its place.
Task<bool> Presenter::wait_until_free(std::int64_t chat_id) {
  const TimePoint now = output_.clock.now();
  const TimePoint free = output_.flood.free_at(chat_id, now);
  if (free - now > kPatience) {
    co_return false;
  }
  if (free > now) {
    co_await output_.clock.sleep(free - now);
  }
  output_.flood.sends(chat_id, output_.clock.now());
  co_return true;
}

/// Whether it makes sense to try again; the pause is over when it returns.
Task<bool> Presenter::pause_after(std::int64_t chat_id, const ApiError& error, int failures) {
  if (error.kind == ErrorKind::flood) {
    output_.flood.refused(chat_id, error.retry_after, output_.clock.now());
    co_return true;
  }
  // A void token stays void longer than any pause here.
  if (failures >= kTries || error.kind == ErrorKind::unauthorized) {
    co_return false;
  }
  co_await output_.clock.sleep(kFirstPause * (1 << failures));
  co_return true;
}

Task<ApiResult<Message>> Presenter::call_media(const Place& place, const Card& card) {
  PhotoLadder ladder(photos_, card.photo, place.owner);
  for (;;) {
    PhotoLadder::Step step = co_await ladder.next();
    insist(place.lease);
    auto answer = co_await calls::edit(output_.client, place.chat_id, place.message_id, card, step);
    if (answer) {
      co_await ladder.taken(std::move(step), *answer);
      co_return answer;
    }
    ApiError error = answer.error();
    const bool goes_on = co_await ladder.down(std::move(step), std::move(error));
    if (!goes_on) {
      co_return answer;
    }
  }
}

/// The cheapest call that makes the message look like the card. The keyboard always goes along: an edit without one
/// would take it away.
Task<ApiResult<Message>> Presenter::call_edit(const Place& place, const Card& card, const std::string& photo_key) {
  if (place.photo_key != photo_key) {
    co_return co_await call_media(place, card);
  }
  if (place.caption_hash != caption_hash(card.caption)) {
    insist(place.lease);
    co_return co_await calls::edit_caption(output_.client, place.chat_id, place.message_id, card);
  }
  if (place.keyboard_hash != keyboard_hash(card.keyboard)) {
    telegram::EditMessageReplyMarkup edit;
    edit.chat_id = place.chat_id;
    edit.message_id = place.message_id;
    edit.reply_markup = wire::markup(card.keyboard);
    insist(place.lease);
    co_return co_await output_.client.edit_message_reply_markup(std::move(edit));
  }
  co_return std::unexpected(
      ApiError{.code = Errc::telegram_refused, .kind = ErrorKind::not_modified, .description = {}});
}

Task<Shown> Presenter::edit(Uuid trace, domain::Chat& chat, const Card& card, services::Lease lease) {
  Place place{chat.chat_id,      chat.card_message_id, chat.user_id, chat.photo_key,
              chat.caption_hash, chat.keyboard_hash,   lease};
  const std::string photo_key = photos_.key_for(card.photo);
  for (int failures = 0;; ++failures) {
    const bool free = co_await wait_until_free(chat.chat_id);
    if (!free) {
      co_return Shown::later;
    }
    const auto answer = co_await call_edit(place, card, photo_key);
    const ErrorKind kind = answer ? ErrorKind::not_modified : answer.error().kind;
    if (kind == ErrorKind::not_modified) {
      output_.flood.accepted(chat.chat_id);
      chat.photo_key = photo_key;
      chat.caption_hash = caption_hash(card.caption);
      chat.keyboard_hash = keyboard_hash(card.keyboard);
      co_return Shown::done;
    }
    if (is_unreachable(kind)) {
      co_return Shown::unreachable;
    }
    if (is_passing(kind)) {
      const bool again = co_await pause_after(chat.chat_id, answer.error(), failures);
      if (!again) {
        give_up("edit", answer.error());
      }
      continue;
    }
    if (!place.photo_key.empty() && place.photo_key == photo_key && kind == ErrorKind::other) {
      // The card may not be what the row says it is; showing everything anew settles it.
      place.photo_key.clear();
      continue;
    }
    log::info(trace, "card {} of chat {} cannot be edited: {}", place.message_id, chat.chat_id,
              answer.error().description);
    chat.card_message_id = 0;
    co_return co_await send(trace, chat, card, lease);
  }
}

Task<Shown> Presenter::send(Uuid trace, domain::Chat& chat, const Card& card, services::Lease lease) {
  PhotoLadder ladder(photos_, card.photo, chat.user_id);
  for (int failures = 0;;) {
    const bool free = co_await wait_until_free(chat.chat_id);
    if (!free) {
      co_return Shown::later;
    }
    PhotoLadder::Step step = co_await ladder.next();
    insist(lease);
    const SendDoubts::Send doubtful{step.method(), trace};
    if (!output_.doubts.lets(doubtful, output_.clock.now())) {
      co_return Shown::later;
    }
    const calls::Place place{chat.chat_id, chat.topic_id};
    const auto answer = co_await calls::send(output_.client, place, card, step);
    if (answer) {
      output_.flood.accepted(chat.chat_id);
      output_.doubts.accepted(doubtful);
      chat.card_message_id = answer->message_id;
      chat.photo_key = step.drawn ? photos_.key_for(card.photo) : std::string(kWordsAlone);
      chat.caption_hash = caption_hash(card.caption);
      chat.keyboard_hash = keyboard_hash(card.keyboard);
      co_await ladder.taken(std::move(step), *answer);
      co_return Shown::done;
    }
    const ErrorKind kind = answer.error().kind;
    if (is_unreachable(kind)) {
      co_return Shown::unreachable;
    }
    ApiError error = answer.error();
    const bool goes_down = co_await ladder.down(std::move(step), std::move(error));
    if (goes_down) {
      continue;
    }
    if (kind == ErrorKind::unknown_outcome) {
      log::warn(trace, "a card of chat {} may be there or not: {}", chat.chat_id, answer.error().description);
      if (output_.doubts.may_repeat(doubtful, output_.clock.now())) {
        co_return Shown::later;
      }
      // A third one would be worse than none. The next press or word brings a card anyway.
      chat.card_message_id = 0;
      co_return Shown::done;
    }
    const bool again = is_passing(kind) && co_await pause_after(chat.chat_id, answer.error(), failures++);
    if (!again) {
      give_up("send", answer.error());
    }
  }
}

Task<bool> Presenter::retire(std::int64_t chat_id, std::int64_t message_id, services::Lease lease) {
  telegram::DeleteMessage gone;
  gone.chat_id = chat_id;
  gone.message_id = message_id;
  const bool may = co_await wait_until_free(chat_id);
  if (!may || lease.over()) {
    co_return false;
  }
  const auto deleted = co_await output_.client.delete_message(std::move(gone));
  output_.heard(chat_id, deleted);
  if (!deleted && deleted.error().kind == ErrorKind::cant_be_edited) {
    co_await strip(chat_id, message_id, lease);
  }
  co_return deleted || deleted.error().kind == ErrorKind::message_not_found;
}

Task<void> Presenter::strip(std::int64_t chat_id, std::int64_t message_id, services::Lease lease) {
  telegram::EditMessageReplyMarkup edit;
  edit.chat_id = chat_id;
  edit.message_id = message_id;
  const bool free = co_await wait_until_free(chat_id);
  if (!free || lease.over()) {
    co_return;
  }
  const auto answer = co_await output_.client.edit_message_reply_markup(std::move(edit));
  output_.heard(chat_id, answer);
}

Task<Shown> Presenter::show(Uuid trace, domain::Chat& chat, Card card, std::int64_t pressed, services::Lease lease) {
  const std::int64_t old = chat.card_message_id;
  // A message of words alone never becomes a photo: the card comes below it.
  if (old != 0 && old == pressed && chat.photo_key != kWordsAlone) {
    co_return co_await edit(trace, chat, card, lease);
  }
  co_return co_await send(trace, chat, card, lease);
}

Task<Shown> Presenter::replace(std::int64_t chat_id, Uuid owner, std::int64_t message_id, Card card, bool only_buttons,
                               services::Lease lease) {
  Place place;
  place.lease = lease;
  place.chat_id = chat_id;
  place.message_id = message_id;
  place.owner = owner;
  const std::string photo_key = photos_.key_for(card.photo);
  if (only_buttons) {
    place.photo_key = photo_key;
    place.caption_hash = caption_hash(card.caption);
  }
  for (int failures = 0;; ++failures) {
    const bool free = co_await wait_until_free(chat_id);
    if (!free) {
      co_return Shown::later;
    }
    const auto answer = co_await call_edit(place, card, photo_key);
    const ErrorKind kind = answer ? ErrorKind::not_modified : answer.error().kind;
    if (is_unreachable(kind)) {
      co_return Shown::unreachable;
    }
    if (!is_passing(kind)) {
      co_return Shown::done;
    }
    const bool again = co_await pause_after(chat_id, answer.error(), failures);
    if (!again) {
      give_up("replace", answer.error());
    }
  }
}

}  // namespace aisha::bot
