// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "texts/texts.hpp"

/// A status message until it becomes the picture.
namespace aisha::bot::job {

/// S4.
struct StatusView {
  GenerationView generation;
  std::optional<int> queue_position;
  std::optional<int> usual_seconds;
  Millis elapsed{0};
  bool waits_long = false;                 ///< long enough for its queue to be told with times
  bool slow = false;                       ///< takes longer than usual, or the provider is closed to us for now
  bool cancelling = false;                 ///< asked to stop
  bool anew = false;                       ///< what came was no good and is made once more for nothing
  std::string patient_until{};             ///< it waits for the provider until then, "14:05"; "" = it does not
  std::string rewriting{};                 ///< what was done with its words: "translate", "enhance"
  std::optional<std::string> rewritten{};  ///< what came of that; "" = nothing, they were sent as they are
  bool unsure = false;                     ///< it is not known yet whether the provider took it
};
/// Its one line on how it is coming along.
std::string status_line(const texts::Texts& texts, const StatusView& view);
Card status_card(const texts::Texts& texts, const StatusView& view);

/// An end without a picture.
struct FailedView {
  GenerationView generation;
  Errc code = Errc::provider_failed;
  std::int64_t returned = 0;         ///< coins that came back
  std::int64_t coins = 0;            ///< free to spend now
  std::int64_t seconds_to_open = 0;  ///< of E15: until what is spent for the day may be spent again
};
/// E6, E8, E9, E15, E16 by `code`.
Card failed_card(const texts::Texts& texts, const FailedView& view);
Card cancelled_card(const texts::Texts& texts, const FailedView& view);

}  // namespace aisha::bot::job
