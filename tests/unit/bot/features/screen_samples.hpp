// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// Every screen by name, rendered with everyday values.
std::map<std::string, Card> everyday_screens(const texts::Texts& texts);
/// The same with the longest values that can occur, and hostile ones.
std::map<std::string, Card> worst_screens(const texts::Texts& texts);

/// A card as text, the form of the golden files.
std::string describe(const Card& card);

}  // namespace aisha::bot::testing
