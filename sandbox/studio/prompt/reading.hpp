// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/studio/figure/dressing.hpp"
#include "sandbox/studio/prompt/words.hpp"
#include "sandbox/studio/scenes/scenes.hpp"
#include "sandbox/studio/styles/styles.hpp"

namespace aisha::sandbox::studio {

/// What a prompt asks for, in the painter's terms.
struct Reading {
  const Scene* scene = nullptr;  ///< null: no word of a place
  const Style* style = nullptr;  ///< null: the scene's own
  Setting setting;
  Outfit outfit;               ///< only what the prompt names; otherwise the scene's
  bool cat = false;            ///< a cat is to be seen
  bool plain_clothes = false;  ///< no clothes are named
};

Reading read(const Words& prompt);

/// The entry whose stems the prompt meets best, or null.
const Scene* scene_for(const Words& prompt);
const Style* style_for(const Words& prompt);

/// What the person wears: what is named, or what suits the scene; the seed chooses where several do.
Outfit outfit_of(const Reading& reading, const Scene& scene, std::uint32_t seed);

/// Who is to be painted, as far as it decides what can be.
struct Model {
  bool dressable = true;  ///< clothes can be painted on this photo
  bool cat_at_hand = true;
};

/// What the prompt asks for and nothing here can paint, named in the prompt's language (Russian where it has Cyrillic
/// letters), at most three. In a short prompt that is any word which no table knows; of a prompt of which nothing at
/// all is known, its own first words.
std::vector<std::string> beyond(const Words& prompt, const Model& model = {});

}  // namespace aisha::sandbox::studio
