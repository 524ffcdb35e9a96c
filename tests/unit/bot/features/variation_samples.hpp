// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "bot/flow/own_list.hpp"
#include "tests/unit/bot/features/sample_values.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// V1 to V4. `items`: nine pictures.
void add_variation_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const Values& values,
                           const GenerationView& generation, std::vector<OwnItem> items);

}  // namespace aisha::bot::testing
