// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/file_letter.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/log.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/privacy/readme.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/features/sharing/screen.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

namespace {

constexpr Millis kOtherArchive{2'000};
constexpr Millis kStoreAway{15'000};

/// Nothing was called.
DeliveryOutcome wait_for(Millis pause, std::string why) {
  DeliveryOutcome out = plain(Kind::held, std::move(why));
  out.retry_after = pause;
  return out;
}

/// Of a part that is not there to be sent.
DeliveryOutcome unmade(const Error& why) {
  switch (why.code) {
    case Errc::not_found: return plain(Kind::not_modified);
    case Errc::unavailable: return wait_for(kStoreAway, why.detail);
    default: return plain(Kind::dead, fmt::format("{}: {}", code_of(Errc::export_failed), why.detail));
  }
}

std::string caption_of(const texts::Texts& texts, const services::ArchivePart& part) {
  return part.parts > 1 ? texts.plain("data.part", {{"part", part.number}, {"parts", part.parts}})
                        : texts.plain("data.whole");
}

}  // namespace

Task<DeliveryOutcome> tell_file(LetterDesk desk, Letter letter) {
  const Uuid id = letter.item.generation_id;
  const auto view = co_await desk.bot.generations.status(id);
  if (!view) {
    co_return plain(Kind::dead, "the generation is gone");
  }
  if (view->picture.deleted_at) {
    co_return plain(Kind::not_modified);
  }
  auto document = co_await desk.photos.original(id, view->picture.user_id);
  if (!document) {
    co_return plain(Kind::retry, document.error().detail);
  }
  telegram::SendDocument call;
  call.file = document->file;
  call.caption = desk.texts(letter.person).plain("result.document");
  call.disable_content_type_detection = true;
  const SendDoubts::Send doubtful{"sendDocument", letter.item.id};
  auto waits = held(desk.output, doubtful, letter.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(letter.item.lease);
  const auto answer = co_await calls::send(desk.output.client, letter.place(), std::move(call));
  if (answer) {
    desk.output.doubts.accepted(doubtful);
    std::string file_id = answer->document ? answer->document->file_id : std::string();
    co_await desk.photos.uploaded(std::move(*document), std::move(file_id));
    DeliveryOutcome out = plain(Kind::sent);
    out.shows = {.kind = services::PictureMessage::Kind::document,
                 .message_id = answer->message_id,
                 .sent_at = sent_at(*answer)};
    co_return out;
  }
  const bool refused = PhotoLadder::is_refusal(answer.error().kind);
  if (refused && document->by_id()) {
    co_await desk.photos.forget(document->key);
    co_return co_await tell_file(desk, std::move(letter));
  }
  if (refused) {
    log::warn(id, "Telegram takes no file of it: {}", answer.error().description);
    const std::int64_t message = view->job ? view->job->status_message_id : 0;
    co_return co_await say_once(desk, std::move(letter), "result.document_refused", message);
  }
  co_return outcome_of(desk.output, letter.item.chat_id, answer.error(), doubtful);
}

Task<DeliveryOutcome> tell_copy(LetterDesk desk, Letter letter) {
  const Uuid owner = letter.person.user_id;
  const auto shared = co_await desk.bot.sharing.shared(owner, letter.item.generation_id);
  if (!shared) {
    co_return plain(Kind::not_modified);
  }
  const auto language = letter.person.settings.language;
  sharing::CopyView view;
  view.picture = shared->picture.id;
  view.style = desk.bot.catalog_view.style_title(shared->picture.template_id, language);
  if (!shared->token.empty()) {
    view.link = sharing::deep_link(desk.bot.options.username, std::string(sharing::kByToken) + shared->token);
  }
  Card card = sharing::copy_card(desk.texts(letter.person), view);
  DeliveryOutcome out = co_await send_letter(desk, std::move(letter), std::move(card), owner);
  out.message_id = 0;
  if (out.shows) {
    out.shows->kind = services::PictureMessage::Kind::share;
  }
  co_return out;
}

Task<DeliveryOutcome> tell_part(LetterDesk desk, Letter letter) {
  services::Archives& archives = desk.bot.archives;
  const Uuid request = letter.item.generation_id;
  auto part = co_await archives.part(request, letter.item.message_id);
  if (!part) {
    co_return unmade(part.error());
  }
  auto turn = archives.take_turn();
  if (!turn) {
    co_return wait_for(kOtherArchive, "another archive is being sent");
  }
  telegram::SendDocument call;
  call.caption = caption_of(desk.texts(letter.person), *part);
  call.disable_content_type_detection = true;
  call.chat_id = letter.item.chat_id;
  if (letter.person.topic_id != 0) {
    call.message_thread_id = letter.person.topic_id;
  }
  services::ArchiveWords words = privacy::archive_words(desk.bot.library.in(part->language));
  std::string name = part->file_name();
  auto bytes = co_await archives.pack(std::move(*part), std::move(words));
  if (!bytes) {
    co_return unmade(bytes.error());
  }
  call.file = telegram::Upload{std::move(*bytes), std::move(name), "application/zip"};
  const bool is_ours = co_await letter.item.begin();
  if (!is_ours) {
    co_return wait_for(kOtherArchive, "it is somebody else's by now");
  }
  // Last: it may be the one try that finds out whether an outage is over.
  const SendDoubts::Send doubtful{"sendDocument", letter.item.id};
  auto waits = held(desk.output, doubtful, letter.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(letter.item.lease);
  const auto answer = co_await desk.output.client.send_document(std::move(call));
  if (answer) {
    desk.output.doubts.accepted(doubtful);
    co_return plain(Kind::sent);
  }
  if (answer.error().kind == telegram::ErrorKind::topic_not_found && letter.person.topic_id != 0) {
    // Too large to be kept for this: made once more.
    letter.person.topic_id = 0;
    turn.reset();
    co_return co_await tell_part(desk, std::move(letter));
  }
  co_return outcome_of(desk.output, letter.item.chat_id, answer.error(), doubtful);
}

}  // namespace aisha::bot
