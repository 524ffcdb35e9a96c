// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "tests/unit/bot/features/sample_values.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// What a person shares, and what others see of it.
void add_sharing_samples(std::map<std::string, Card>& out, const texts::Texts& texts, const Values& values);

}  // namespace aisha::bot::testing
