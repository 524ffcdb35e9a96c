// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>

#include "bot/cards/card.hpp"
#include "bot/flow/catalog_view.hpp"
#include "tests/unit/bot/features/sample_values.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::testing {

/// A picture of a style, or of own words.
GenerationView generation_sample(const Values& values, bool own);

/// S4, S5, S9, and every end without a picture.
void add_job_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const Values& values);

}  // namespace aisha::bot::testing
