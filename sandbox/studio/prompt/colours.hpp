// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "sandbox/studio/prompt/words.hpp"
#include "sandbox/studio/raster/colour.hpp"

namespace aisha::sandbox::studio {

/// The linear colour that a word names, Russian or English: "красном", "navy", "тёмно-синий".
std::optional<Colour> colour_of(std::string_view word);

/// The colour that is said of the noun at `place`: at most two words before it ("red wool coat"), or after it
/// ("пальто красного цвета"). "dark" and "light" before the colour change it.
std::optional<Colour> colour_at(const Words& prompt, std::size_t place);

}  // namespace aisha::sandbox::studio
