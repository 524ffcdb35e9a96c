// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

/// The life of one status message: it waits, then becomes the picture, an error or a removed picture.
namespace aisha::bot::screens {

/// A generation as a person sees it.
struct Job {
  Uuid id;
  std::string style;   ///< template id; "" for an own prompt
  std::string title;   ///< of the style, in the person's language
  std::string prompt;  ///< the final one, as the model got it
  std::string own_prompt;
  std::string avatar;
  domain::AvatarKind kind = domain::AvatarKind::portrait;
  std::string model;  ///< "FLUX LoRA"
  std::string size;   ///< "2K"
  std::vector<std::string> samples;
};

/// The preview of its style, or the banner.
Photo photo_of(const Job& job);

/// S4.
struct Status {
  Job job;
  std::optional<int> queue_position;
  std::optional<int> usual_seconds;
  Millis elapsed{0};
  bool slow = false;        ///< takes longer than usual, or the provider is closed to us for now
  bool cancelling = false;  ///< asked to stop
};
Card status(const texts::Texts& texts, const Status& view);

/// S5.
struct Done {
  Job job;
  std::int64_t seconds = 0;  ///< from the tap to the stored picture
  std::int64_t coins = 0;    ///< balance
};
Card result(const texts::Texts& texts, const Done& view);

/// E6, E8, E9 by `code`.
struct Failed {
  Job job;
  Errc code = Errc::provider_failed;
  std::int64_t coins = 0;
};
Card failed(const texts::Texts& texts, const Failed& view);

Card cancelled(const texts::Texts& texts, const Job& job, std::int64_t coins);

/// S9.
Card deleted(const texts::Texts& texts, const Uuid& picture, int trash_days);

}  // namespace aisha::bot::screens
