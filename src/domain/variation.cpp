// SPDX-License-Identifier: Apache-2.0
#include "domain/variation.hpp"

#include <array>
#include <cmath>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

constexpr std::array<std::string_view, 8> kNames{"again",    "batch",   "format", "quality",
                                                 "likeness", "picture", "words",  "late"};

}  // namespace

std::string_view text_of(Variation variation) {
  return enum_names::text_of(kNames, variation);
}

std::optional<Variation> variation_from(std::string_view text) {
  return enum_names::find<Variation>(kNames, text);
}

double strength_at(double usual, std::int64_t likeness, bool is_finetune) {
  const double step = is_finetune ? 0.2 : 0.15;
  // To the hundredth, so that a request says 1.15 and not what binary fractions make of it.
  return std::round((usual + step * static_cast<double>(likeness)) * 100) / 100;
}

}  // namespace aisha::domain
