// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/batch_letters.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "bot/cards/photo_ladder.hpp"
#include "bot/delivery/delivery_outcome.hpp"
#include "bot/delivery/job_letters.hpp"
#include "bot/features/batch/screen.hpp"
#include "bot/flow/paid_order.hpp"

namespace aisha::bot {
namespace {

using services::DeliveryOutcome;
using Kind = DeliveryOutcome::Kind;

constexpr std::size_t kStatusesKept = 4096;
constexpr std::size_t kLeastAlbum = 2;

const domain::Picture* first_open(const domain::BatchStatus& status) {
  const auto open = std::ranges::find_if(
      status.members, [](const auto& one) { return one.own.picture.state == domain::PictureState::open; });
  return open == status.members.end() ? nullptr : &open->own.picture;
}

std::string words_hash(const Card& card) {
  return caption_hash(card.caption) + keyboard_hash(card.keyboard);
}

/// Telegram took a photo, in a message of its own or as one of an album.
Task<void> taken(const LetterDesk& desk, Drawn drawn, const telegram::Message& message) {
  std::string file_id = message.photo && !message.photo->empty() ? message.photo->back().file_id : std::string();
  co_await desk.photos.uploaded(std::move(drawn), std::move(file_id));
}

telegram::ReplyParameters reply_to(std::int64_t message_id) {
  telegram::ReplyParameters reply;
  reply.message_id = message_id;
  return reply;
}

services::PictureMessage shows(Uuid picture, const telegram::Message& message) {
  return {.kind = services::PictureMessage::Kind::album,
          .message_id = message.message_id,
          .sent_at = sent_at(message),
          .picture = picture};
}

/// One call: sendPhoto for one, sendMediaGroup for more.
Task<calls::AlbumAnswer> send_photos(telegram::BotApi& client, calls::Place place, const std::vector<Drawn>& photos,
                                     std::int64_t reply) {
  if (photos.size() < kLeastAlbum) {
    telegram::SendPhoto call;
    call.file = photos.front().file;
    if (reply != 0) {
      call.reply_parameters = reply_to(reply);
    }
    auto one = co_await calls::send(client, place, std::move(call));
    if (!one) {
      co_return std::unexpected(std::move(one.error()));
    }
    std::vector<telegram::Message> out;
    out.push_back(std::move(*one));
    co_return out;
  }
  telegram::SendMediaGroup call;
  for (const Drawn& photo : photos) {
    call.media.push_back({.type = "photo", .file = photo.file, .caption = {}, .caption_entities = {}});
  }
  if (reply != 0) {
    call.reply_parameters = reply_to(reply);
  }
  co_return co_await calls::send(client, place, std::move(call));
}

}  // namespace

Task<DeliveryOutcome> BatchLetters::tell_status(Letter letter) {
  const Uuid id = letter.item.generation_id;
  auto status = co_await desk_.bot.batches.status(id);
  if (!status) {
    co_return plain(Kind::dead, "the batch is gone");
  }
  const domain::Picture* open = first_open(*status);
  if (open == nullptr) {
    // Its end is told by a row of its own.
    shown_.erase(id);
    co_return plain(Kind::not_modified);
  }
  const Uuid open_one = open->id;
  const domain::Batch batch = status->batch;
  Card card = co_await status_card(letter, std::move(*status), open_one);
  std::string hash = words_hash(card);
  const auto before = shown_.find(id);
  if (before != shown_.end() && before->second == hash) {
    co_return plain(Kind::not_modified);
  }
  const calls::Place place = letter.place();
  DeliveryOutcome out = co_await show(std::move(letter), batch, std::move(card));
  if (out.kind == Kind::gone) {
    // Progress is not worth a message of its own: its end is.
    co_return plain(Kind::not_modified);
  }
  if (out.kind == Kind::sent || out.kind == Kind::not_modified) {
    if (shown_.size() >= kStatusesKept) {
      shown_.erase(shown_.begin());
    }
    shown_.insert_or_assign(id, std::move(hash));
    co_await sign_.show(place, open_one);
  }
  co_return out;
}

Task<Card> BatchLetters::status_card(Letter letter, domain::BatchStatus status, Uuid open_one) {
  const texts::Texts& texts = desk_.texts(letter.person);
  const domain::Language language = letter.person.settings.language;
  batch::StatusView view;
  view.batch = status.batch.id;
  view.generation = desk_.bot.catalog_view.generation(status.members.front().own.picture, status.avatar, language);
  view.done = status.count(domain::PictureState::ready);
  view.all = status.batch.size;
  const auto open = co_await desk_.bot.generations.status(open_one);
  if (open) {
    job::StatusView progress = progress_of(letter.person, *open);
    progress.generation.id = open_one;
    view.is_cancelling = progress.cancelling;
    view.line = job::status_line(texts, progress);
  }
  co_return batch::status_card(texts, view);
}

Task<DeliveryOutcome> BatchLetters::tell_result(Letter letter) {
  const auto status = co_await desk_.bot.batches.status(letter.item.generation_id);
  if (!status) {
    co_return plain(Kind::dead, "the batch is gone");
  }
  if (first_open(*status) != nullptr) {
    // A picture of it was removed before it ended, which it will say then.
    co_return plain(Kind::not_modified);
  }
  const std::int64_t nonce = nonce_of(letter.person.card_revision);
  const texts::Texts& texts = desk_.texts(letter.person);
  Card card =
      batch::done_card(texts, batch::done_view(texts, desk_.bot.catalog_view, *status, letter.person.balance, nonce));
  shown_.erase(status->batch.id);
  co_return co_await show(std::move(letter), status->batch, std::move(card));
}

/// `batch` as it was read.
Task<DeliveryOutcome> BatchLetters::show(Letter letter, domain::Batch batch, Card card) {
  const std::int64_t chat_id = letter.item.chat_id;
  DeliveryOutcome out;
  if (batch.message_id == 0) {
    out = co_await send_letter(desk_, std::move(letter), std::move(card), batch.user_id);
  } else {
    out = co_await edit_letter(desk_, std::move(letter), batch.message_id, std::move(card), batch.user_id);
  }
  // It shows several pictures and is forgotten with the batch.
  out.shows.reset();
  if (out.kind == Kind::sent || out.kind == Kind::not_modified) {
    desk_.output.flood.accepted(chat_id);
  }
  co_return out;
}

Task<DeliveryOutcome> tell_album(LetterDesk desk, Letter letter) {
  const auto status = co_await desk.bot.batches.status(letter.item.generation_id);
  const auto pictures = status ? status->live() : std::vector<domain::OwnPicture>();
  if (pictures.empty()) {
    co_return plain(Kind::not_modified);
  }
  std::vector<Drawn> photos;
  for (const domain::OwnPicture& own : pictures) {
    const photo::Result shown{own.picture.id};
    auto drawn = co_await desk.photos.get(shown, status->batch.user_id);
    if (!drawn) {
      co_return plain(Kind::retry, drawn.error().detail);
    }
    photos.push_back(std::move(*drawn));
  }
  const bool is_group = photos.size() >= kLeastAlbum;
  const SendDoubts::Send doubtful{is_group ? "sendMediaGroup" : "sendPhoto", letter.item.id};
  auto waits = held(desk.output, doubtful, letter.item.maybe_sent);
  if (waits) {
    co_return std::move(*waits);
  }
  insist(letter.item.lease);
  const auto answer = co_await send_photos(desk.output.client, letter.place(), photos, status->batch.message_id);
  if (!answer) {
    const bool by_id = std::ranges::any_of(photos, &Drawn::by_id);
    if (by_id && PhotoLadder::is_refusal(answer.error().kind)) {
      for (const Drawn& photo : photos) {
        co_await desk.photos.forget(photo.key);
      }
      photos.clear();
      co_return co_await tell_album(desk, std::move(letter));
    }
    co_return outcome_of(desk.output, letter.item.chat_id, answer.error(), doubtful);
  }
  desk.output.doubts.accepted(doubtful);
  desk.output.flood.accepted(letter.item.chat_id);
  DeliveryOutcome out = plain(Kind::sent);
  for (std::size_t i = 0; i < answer->size() && i < photos.size(); ++i) {
    out.album.push_back(shows(pictures[i].picture.id, (*answer)[i]));
    co_await taken(desk, std::move(photos[i]), (*answer)[i]);
  }
  co_return out;
}

}  // namespace aisha::bot
