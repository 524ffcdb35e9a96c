// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/log.hpp"
#include "bot/wire.hpp"

namespace aisha::bot {
namespace {

using services::DeliveryOutcome;
using services::Meaning;
using telegram::ApiError;
using telegram::ErrorKind;
using Kind = DeliveryOutcome::Kind;

DeliveryOutcome plain(Kind kind, std::string error = {}) {
  DeliveryOutcome out;
  out.kind = kind;
  out.error = std::move(error);
  return out;
}

bool is_refused_photo(ErrorKind kind) {
  return kind == ErrorKind::photo_invalid || kind == ErrorKind::too_large;
}

bool is_gone(ErrorKind kind) {
  return kind == ErrorKind::message_not_found || kind == ErrorKind::cant_be_edited;
}

std::string photo_id_of(const telegram::Message& message) {
  return message.photo && !message.photo->empty() ? message.photo->back().file_id : std::string();
}

bool is_end(Meaning meaning) {
  return meaning == Meaning::job_result || meaning == Meaning::job_failed || meaning == Meaning::job_cancelled;
}

/// To be asked last before each call: another process may have told something newer by now.
void insist(const services::Lease& lease) {
  if (lease.over()) {
    throw std::runtime_error("its lease is over");
  }
}

}  // namespace

/// One row on its way to its chat.
struct Delivery::Letter {
  services::OutboxItem item;
  services::Person person;
  services::StatusView view;
  std::optional<Card> card;

  const domain::Generation& generation() const { return view.generation; }
  std::int64_t message_id() const { return view.generation.status_message_id; }
};

DeliveryOutcome Delivery::outcome_of(const Letter& letter, const ApiError& error, bool repeatable) {
  DeliveryOutcome out = plain(Kind::retry, error.description);
  switch (error.kind) {
    case ErrorKind::not_modified: return plain(Kind::not_modified);
    case ErrorKind::blocked:
    case ErrorKind::chat_not_found: out.kind = Kind::blocked; break;
    case ErrorKind::flood: {
      const TimePoint now = line_.clock.now();
      line_.flood.refused(letter.item.chat_id, error.retry_after, now);
      out.kind = Kind::flood;
      out.retry_after = line_.flood.free_at(letter.item.chat_id, now) - now;
      break;
    }
    case ErrorKind::unknown_outcome: out.kind = repeatable ? Kind::retry : Kind::maybe_sent; break;
    case ErrorKind::server:
    case ErrorKind::not_sent:
    case ErrorKind::wrong_file_id:
    case ErrorKind::unauthorized:
    case ErrorKind::conflict: break;
    default: out.kind = Kind::dead; break;
  }
  return out;
}

Task<std::optional<Card>> Delivery::card_of(Letter& letter) {
  const domain::Generation& g = letter.generation();
  const domain::Language language = letter.person.settings.language;
  const texts::Texts& texts = tools_.library.in(domain::text_of(language));
  std::optional<domain::Avatar> avatar;
  if (g.avatar_id) {
    avatar = co_await tools_.people.owned_avatar(g.user_id, *g.avatar_id);
  }
  const screens::Job job = tools_.showcase.job(g, avatar, language);
  const std::int64_t coins = co_await tools_.people.balance(g.user_id);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(letter.view.elapsed).count();
  switch (g.state) {
    case domain::JobState::succeeded: {
      const screens::Done done{job, std::max<std::int64_t>(seconds, 1), coins};
      co_return g.deleted_at ? std::nullopt : std::optional(screens::result(texts, done));
    }
    case domain::JobState::failed: {
      const Errc code = errc_from(g.error_code);
      const screens::Failed failed{job, code, coins};
      co_return screens::failed(texts, failed);
    }
    case domain::JobState::cancelled: co_return screens::cancelled(texts, job, coins);
    default: break;
  }
  const bool slow = letter.view.slow || letter.view.provider_paused;
  const screens::Status status{job,  letter.view.queue_position, letter.view.usual_seconds, letter.view.elapsed,
                               slow, g.cancel_requested};
  co_return screens::status(texts, status);
}

Task<DeliveryOutcome> Delivery::deliver(services::OutboxItem item) {
  Letter letter;
  letter.item = std::move(item);
  const TimePoint now = line_.clock.now();
  const TimePoint free = line_.flood.free_at(letter.item.chat_id, now);
  if (free > now) {
    DeliveryOutcome wait = plain(Kind::flood, "the chat is flooded");
    wait.retry_after = free - now;
    co_return wait;
  }
  auto person = co_await tools_.people.of_chat(letter.item.chat_id);
  auto view = co_await tools_.generations.status(letter.item.generation_id);
  if (!person || !view) {
    co_return plain(Kind::dead, "the person or the generation is gone");
  }
  letter.person = std::move(*person);
  letter.view = std::move(*view);
  if (letter.item.meaning == Meaning::ready_notice) {
    co_return co_await notice(letter);
  }
  if (letter.item.meaning == Meaning::original) {
    co_return co_await original(letter);
  }
  if (letter.item.meaning == Meaning::job_status && domain::is_terminal(letter.generation().state)) {
    // Its end is told by a row of its own.
    co_return plain(Kind::not_modified);
  }
  letter.card = co_await card_of(letter);
  if (!letter.card) {
    co_return plain(Kind::not_modified);
  }
  DeliveryOutcome out = co_await put(letter);
  const bool told = out.kind == Kind::sent || out.kind == Kind::not_modified;
  if (told) {
    line_.flood.accepted(letter.item.chat_id);
  }
  if (told && letter.item.meaning == Meaning::job_status) {
    co_await courier_.uploading(letter.item.chat_id);
  }
  if (told && is_end(letter.item.meaning)) {
    const auto prompt = prompts_.take(letter.item.generation_id);
    if (prompt && letter.item.meaning == Meaning::job_result) {
      co_await courier_.react(letter.item.generation_id, letter.item.chat_id, *prompt, "👌");
    }
  }
  co_return out;
}

/// Remembers what Telegram has now. Only a result's photo is the generation's own.
Task<void> Delivery::accept(const Letter& letter, Drawn drawn, const telegram::Message& message, DeliveryOutcome& out) {
  std::string photo_id = photo_id_of(message);
  if (letter.item.meaning == Meaning::job_result) {
    out.photo_file_id = photo_id;
  }
  co_await photos_.uploaded(std::move(drawn), std::move(photo_id));
}

Task<DeliveryOutcome> Delivery::put(Letter& letter) {
  if (letter.message_id() == 0) {
    co_return co_await send(letter);
  }
  co_return co_await edit(letter);
}

Task<DeliveryOutcome> Delivery::edit(Letter& letter) {
  const Card& card = *letter.card;
  auto drawn = co_await photos_.get(card.photo, letter.generation().user_id);
  if (!drawn) {
    const bool gone = drawn.error().code == Errc::already_deleted || drawn.error().code == Errc::not_found;
    co_return plain(gone ? Kind::dead : Kind::retry, drawn.error().detail);
  }
  telegram::EditMessageMedia call;
  call.chat_id = letter.item.chat_id;
  call.message_id = letter.message_id();
  call.media.file = drawn->file;
  call.media.caption = card.caption.text;
  call.media.caption_entities = wire::entities(card.caption.spans);
  call.reply_markup = wire::markup(card.keyboard);
  insist(letter.item.lease);
  const auto answer = co_await line_.client.edit_message_media(std::move(call));
  if (answer) {
    DeliveryOutcome out = plain(Kind::sent);
    co_await accept(letter, std::move(*drawn), *answer, out);
    co_return out;
  }
  const ErrorKind kind = answer.error().kind;
  if (kind == ErrorKind::wrong_file_id && drawn->by_id()) {
    co_await photos_.forget(drawn->key);
    co_return co_await edit(letter);
  }
  if (is_refused_photo(kind) && letter.item.meaning == Meaning::job_result) {
    co_return co_await edit_as_document(letter);
  }
  if (is_gone(kind)) {
    log::info(letter.item.generation_id, "status message {} of chat {} is gone: sending anew", letter.message_id(),
              letter.item.chat_id);
    drawn->claim.reset();  // or the sending would wait for this very upload
    co_return co_await send(letter);
  }
  co_return outcome_of(letter, answer.error(), true);
}

/// A picture that Telegram does not take as a photo still arrives: as a file, in the same message.
Task<DeliveryOutcome> Delivery::edit_as_document(Letter& letter) {
  log::warn(letter.item.generation_id, "telegram.photo_refused: sent as a file");
  const domain::Generation& g = letter.generation();
  auto document = co_await photos_.original(g.id, g.user_id);
  if (!document) {
    co_return plain(Kind::retry, document.error().detail);
  }
  telegram::EditMessageMedia call;
  call.chat_id = letter.item.chat_id;
  call.message_id = letter.message_id();
  call.media.type = "document";
  call.media.file = document->file;
  call.media.caption = letter.card->caption.text;
  call.media.caption_entities = wire::entities(letter.card->caption.spans);
  call.reply_markup = wire::markup(letter.card->keyboard);
  insist(letter.item.lease);
  const auto answer = co_await line_.client.edit_message_media(std::move(call));
  co_return answer ? plain(Kind::sent) : outcome_of(letter, answer.error(), true);
}

Task<DeliveryOutcome> Delivery::send(Letter& letter) {
  const Card& card = *letter.card;
  auto drawn = co_await photos_.get(card.photo, letter.generation().user_id);
  if (!drawn) {
    co_return plain(Kind::retry, drawn.error().detail);
  }
  telegram::SendPhoto call;
  call.chat_id = letter.item.chat_id;
  call.file = drawn->file;
  call.caption = card.caption.text;
  call.caption_entities = wire::entities(card.caption.spans);
  call.reply_markup = wire::markup(card.keyboard);
  insist(letter.item.lease);
  const auto answer = co_await line_.client.send_photo(std::move(call));
  if (answer) {
    DeliveryOutcome out = plain(Kind::sent);
    out.message_id = answer->message_id;
    co_await accept(letter, std::move(*drawn), *answer, out);
    co_return out;
  }
  if (answer.error().kind == ErrorKind::wrong_file_id && drawn->by_id()) {
    co_await photos_.forget(drawn->key);
    co_return co_await send(letter);
  }
  co_return outcome_of(letter, answer.error(), false);
}

Task<DeliveryOutcome> Delivery::original(Letter& letter) {
  const domain::Generation& g = letter.generation();
  if (g.deleted_at) {
    co_return plain(Kind::not_modified);
  }
  auto document = co_await photos_.original(g.id, g.user_id);
  if (!document) {
    co_return plain(Kind::retry, document.error().detail);
  }
  telegram::SendDocument call;
  call.chat_id = letter.item.chat_id;
  call.file = document->file;
  call.caption = tools_.library.in(domain::text_of(letter.person.settings.language)).plain("result.document");
  call.disable_content_type_detection = true;
  insist(letter.item.lease);
  const auto answer = co_await line_.client.send_document(std::move(call));
  if (answer) {
    std::string file_id = answer->document ? answer->document->file_id : std::string();
    co_await photos_.uploaded(std::move(*document), std::move(file_id));
    co_return plain(Kind::sent);
  }
  if (answer.error().kind == ErrorKind::wrong_file_id && document->by_id()) {
    co_await photos_.forget(document->key);
    co_return co_await original(letter);
  }
  co_return outcome_of(letter, answer.error(), false);
}

Task<DeliveryOutcome> Delivery::notice(Letter& letter) {
  if (letter.generation().deleted_at || letter.message_id() == 0) {
    co_return plain(Kind::not_modified);
  }
  const texts::Texts& texts = tools_.library.in(domain::text_of(letter.person.settings.language));
  telegram::SendMessage call;
  call.chat_id = letter.item.chat_id;
  call.text = texts.plain("result.ready");
  call.reply_parameters.emplace();
  call.reply_parameters->message_id = letter.message_id();
  insist(letter.item.lease);
  const auto answer = co_await line_.client.send_message(std::move(call));
  co_return answer ? plain(Kind::sent) : outcome_of(letter, answer.error(), false);
}

}  // namespace aisha::bot
