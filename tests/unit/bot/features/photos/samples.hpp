// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// A1 to A5r with those values.
void add_photo_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const std::string& name,
                       std::int64_t coins, const Uuid& id, std::int64_t nonce);

}  // namespace aisha::bot::testing
