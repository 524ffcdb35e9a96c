// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "bot/cards/photo_source.hpp"
#include "telegram/bot_api.hpp"

namespace aisha::bot {

/// Where Telegram takes no photo, in whatever words it says so, a card goes one rung down: what it knows by its id, the
/// bytes, the same as a file, the neutral picture, words alone. A card is never lost for its picture.
class PhotoLadder {
 public:
  enum class Rung { photo, file, neutral, words };
  struct Step {
    Rung rung = Rung::photo;
    std::optional<Drawn> drawn;  ///< none for words alone

    const char* type() const { return rung == Rung::file ? "document" : "photo"; }
    /// The Bot API's method that sends it.
    const char* method() const { return !drawn ? "sendMessage" : rung == Rung::file ? "sendDocument" : "sendPhoto"; }
  };

  PhotoLadder(PhotoSource& photos, Photo photo, Uuid owner)
      : photos_(photos), photo_(std::move(photo)), owner_(owner) {}

  /// What to try now. A picture that cannot be had leaves its rungs out.
  Task<Step> next();
  /// The same for a picture that is worth waiting for: the error of why it cannot be had.
  Task<Result<Step>> next_or_wait();

  /// Whether a refusal may be about what was sent: everything that is not known to be about something else, since the
  /// words of refusals change.
  static bool is_refusal(telegram::ErrorKind kind);

  /// After a refusal of `step`: whether there is something else to try. False for what says nothing of the picture (the
  /// chat, the message, a pause, no answer) and below the last rung.
  Task<bool> down(Step step, telegram::ApiError error);
  /// Telegram took it.
  Task<void> taken(Step step, const telegram::Message& message);

 private:
  Task<Result<Drawn>> drawn() const;

  PhotoSource& photos_;
  Photo photo_;
  Uuid owner_;
  std::optional<Rung> rung_;
};

}  // namespace aisha::bot
