// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace aisha::domain {

/// `generation_requests.variation`: how a picture differs from the one it comes from.
enum class Variation : std::uint8_t {
  again,     ///< another seed
  batch,     ///< another seed, several at once
  format,    ///< another ratio
  quality,   ///< a better preset
  likeness,  ///< the avatar counts for more or less
  picture,   ///< painted over the finished picture
  words,     ///< the finished picture changed by words
  late       ///< what came of a job that had been given up
};
std::string_view text_of(Variation variation);
/// Nothing for "" and for a word of a newer release.
std::optional<Variation> variation_from(std::string_view text);

/// Whether the variation shows what changed by keeping everything else, the seed too.
constexpr bool keeps_seed(Variation variation) {
  return variation == Variation::quality || variation == Variation::likeness;
}

/// So many pictures make the batch of one tap.
inline constexpr std::int64_t kBatchSize = 4;

/// `generation_requests.likeness` goes from -kMostLikeness to kMostLikeness; 0 is the usual strength of an avatar.
inline constexpr std::int64_t kMostLikeness = 3;
/// Strength of an avatar whose usual one is `usual`: a step is 0.15 of a LoRA's scale, 0.2 of a finetune's strength.
double strength_at(double usual, std::int64_t likeness, bool is_finetune);

}  // namespace aisha::domain
