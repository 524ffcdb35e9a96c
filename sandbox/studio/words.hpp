// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/studio/scenes.hpp"
#include "sandbox/studio/styles.hpp"

namespace aisha::sandbox::studio {

/// Words in lower case, Latin and Cyrillic; everything else separates.
std::vector<std::string> tokens(std::string_view text);

/// The entry whose stems the prompt meets best, or null.
const Scene* scene_for(const std::vector<std::string>& prompt);
const Style* style_for(const std::vector<std::string>& prompt);

/// What the prompt asks for and no scene or style here can paint, named in the prompt's language (Russian where it has
/// Cyrillic letters), at most three. A prompt of which nothing at all is known is named by its own first words.
std::vector<std::string> beyond(const std::vector<std::string>& prompt);

}  // namespace aisha::sandbox::studio
