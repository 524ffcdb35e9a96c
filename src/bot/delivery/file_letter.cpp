// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/file_letter.hpp"

#include <utility>

#include "base/log.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/features/sharing/routes.hpp"
#include "bot/features/sharing/screen.hpp"

namespace aisha::bot {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

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

}  // namespace aisha::bot
