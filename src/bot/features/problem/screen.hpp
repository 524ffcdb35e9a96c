// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "bot/cards/card.hpp"
#include "bot/flow/reply.hpp"
#include "texts/texts.hpp"

/// What a person is told when something cannot be done: what happened, whether coins were taken, what is next.
namespace aisha::bot::problem {

struct ProblemView {
  Errc code = Errc::unavailable;
  About about{};  ///< of the Error: figures some sentences need
  std::string avatar;
  int max_active = 2;
  std::string support;
  bool takes_photos = true;
  std::optional<OnceItWorks> later{};    ///< of E7: the order can be taken all the same
  std::optional<std::int64_t> appeal{};  ///< the refused words wait under this revision of the card
};

/// Problems that a toast tells: the card below stays as it is. nullopt for those that need a card.
std::optional<std::string> problem_toast(const texts::Texts& texts, const ProblemView& view);

/// E1, E2, E3, E9 and the rest as a card with a way forward.
Card problem_card(const texts::Texts& texts, const ProblemView& view);

}  // namespace aisha::bot::problem
