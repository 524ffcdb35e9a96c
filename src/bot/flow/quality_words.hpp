// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "bot/flow/catalog_view.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// What a preset of the models is called by people: "максимум" for "ultra". One that only an operator's catalogue has
/// keeps its own name.
std::string quality_name(const texts::Texts& texts, std::string_view preset);
/// Half a sentence on what it means; "" for one without words.
std::string quality_about(const texts::Texts& texts, std::string_view preset);
/// "максимум · 2K".
std::string quality_label(const texts::Texts& texts, const CatalogView::Quality& quality);

}  // namespace aisha::bot
