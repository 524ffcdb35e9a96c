// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "tests/unit/bot/features/sample_values.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// Screens of the create feature, by name.
void add_create_samples(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v);

}  // namespace aisha::bot::testing
