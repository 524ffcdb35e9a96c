// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

/// What a person is told when something cannot be done: what happened, whether coins were taken, what is next.
namespace aisha::bot::problem {

struct ProblemView {
  Errc code = Errc::unavailable;
  std::string detail;  ///< of the Error: figures some sentences need
  std::string avatar;
  std::int64_t price = 0;
  std::int64_t coins = 0;
  int max_active = 2;
  std::string support;
  std::vector<std::string> samples;
};

/// Problems that a toast tells: the card below stays as it is. nullopt for those that need a card.
std::optional<std::string> problem_toast(const texts::Texts& texts, const ProblemView& view);

/// E1, E2, E3, E9 and the rest as a card with a way forward.
Card problem_card(const texts::Texts& texts, const ProblemView& view);

/// The first whole number in a detail such as "seconds: 12"; 0 without one.
std::int64_t number_in(std::string_view detail);

}  // namespace aisha::bot::problem
