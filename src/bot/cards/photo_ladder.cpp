// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/photo_ladder.hpp"

#include <utility>

#include "base/log.hpp"

namespace aisha::bot {
namespace {

using telegram::ErrorKind;

PhotoLadder::Rung below(PhotoLadder::Rung rung) {
  using Rung = PhotoLadder::Rung;
  switch (rung) {
    case Rung::photo: return Rung::file;
    case Rung::file: return Rung::neutral;
    case Rung::neutral:
    case Rung::words: return Rung::words;
  }
  return Rung::words;
}

std::string id_in(const telegram::Message& message, PhotoLadder::Rung rung) {
  if (rung == PhotoLadder::Rung::file) {
    return message.document ? message.document->file_id : std::string();
  }
  return message.photo && !message.photo->empty() ? message.photo->back().file_id : std::string();
}

}  // namespace

bool PhotoLadder::is_refusal(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::wrong_file_id:
    case ErrorKind::photo_invalid:
    case ErrorKind::too_large:
    case ErrorKind::no_text_to_edit:
    case ErrorKind::other: return true;
    default: return false;
  }
}

Task<Result<Drawn>> PhotoLadder::drawn() const {
  if (rung_ == Rung::file) {
    co_return co_await photos_.as_file(photo_, owner_);
  }
  Photo photo = rung_ == Rung::neutral ? Photo(photo::Deleted{}) : photo_;
  co_return co_await photos_.get(std::move(photo), owner_);
}

Task<Result<PhotoLadder::Step>> PhotoLadder::next_or_wait() {
  if (!rung_) {
    rung_ = photos_.is_refused(photo_) ? Rung::file : Rung::photo;
  }
  if (rung_ == Rung::words) {
    co_return Step{Rung::words, std::nullopt};
  }
  auto found = co_await drawn();
  if (!found) {
    co_return std::unexpected(std::move(found.error()));
  }
  co_return Step{*rung_, std::move(*found)};
}

Task<PhotoLadder::Step> PhotoLadder::next() {
  for (;;) {
    auto step = co_await next_or_wait();
    if (step) {
      co_return std::move(*step);
    }
    rung_ = *rung_ == Rung::photo ? Rung::neutral : below(*rung_);
  }
}

Task<bool> PhotoLadder::down(Step step, telegram::ApiError error) {
  if (!is_refusal(error.kind) || step.rung == Rung::words) {
    co_return false;
  }
  if (step.drawn->by_id()) {
    // The bytes of the same picture are another matter.
    std::string key = step.drawn->key;
    co_await photos_.forget(std::move(key));
    co_return true;
  }
  log::warn("telegram.photo_refused: {} as a {}: {}", step.drawn->key, step.type(), error.description);
  if (step.rung == Rung::photo) {
    photos_.refused(photo_);
  }
  rung_ = below(step.rung);
  co_return true;
}

Task<void> PhotoLadder::taken(Step step, const telegram::Message& message) {
  if (step.drawn) {
    std::string id = id_in(message, step.rung);
    co_await photos_.uploaded(std::move(*step.drawn), std::move(id));
  }
}

}  // namespace aisha::bot
