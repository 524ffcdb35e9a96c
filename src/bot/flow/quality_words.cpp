// SPDX-License-Identifier: Apache-2.0
#include "bot/flow/quality_words.hpp"

#include <algorithm>
#include <array>

namespace aisha::bot {
namespace {

struct Words {
  std::string_view preset;
  std::string_view name;
  std::string_view about;
};

constexpr std::array kKnown = {
    Words{"auto", "quality.auto", "quality.auto_about"},
    Words{"fast", "quality.fast", "quality.fast_about"},
    Words{"balanced", "quality.balanced", "quality.balanced_about"},
    Words{"quality", "quality.quality", "quality.quality_about"},
    Words{"ultra", "quality.ultra", "quality.ultra_about"},
};

}  // namespace

std::string quality_name(const texts::Texts& texts, std::string_view preset) {
  const auto* known = std::ranges::find(kKnown, preset, &Words::preset);
  return known == kKnown.end() ? std::string(preset) : texts.plain(known->name);
}

std::string quality_about(const texts::Texts& texts, std::string_view preset) {
  const auto* known = std::ranges::find(kKnown, preset, &Words::preset);
  return known == kKnown.end() ? std::string() : texts.plain(known->about);
}

std::string quality_label(const texts::Texts& texts, const CatalogView::Quality& quality) {
  const std::string name = quality_name(texts, quality.preset);
  return quality.size.empty() ? name : name + " · " + quality.size;
}

}  // namespace aisha::bot
