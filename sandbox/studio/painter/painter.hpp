// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/studio/figure/fit.hpp"
#include "sandbox/studio/figure/matte.hpp"
#include "sandbox/studio/painter/flaws.hpp"
#include "sandbox/studio/raster/pixels.hpp"

namespace aisha::sandbox::studio {

struct PaintRequest {
  std::string prompt;
  std::uint64_t seed = 0;
  int width = 0, height = 0;             ///< 64..4096
  std::string photo_bytes;               ///< the avatar's photo; empty or unreadable: a drawn placeholder person
  std::string mask_bytes;                ///< soft mask of the subject; may be empty
  std::optional<FaceSpot> face;          ///< where the photo shows it; of use without a mask only
  Sitting sitting = Sitting::unknown;    ///< a face that can be dressed; any other keeps the clothes of its photo
  std::string_view cat_photo, cat_mask;  ///< a cat for prompts that name one; may be empty
  Format format = Format::jpeg;
  bool blank = false;  ///< all black: what fal makes of a picture that its safety checker flagged
  Flaw flaw = Flaw::none;
  int shown_width = 0, shown_height = 0;  ///< what it is magnified to; 0 = as painted
};

/// Paints the person of the photo into the scene, the weather, the clothes and the style that the prompt names.
/// Blocking, up to 1.5 s of one core at 2048x2048: run it on a pool thread. One build makes the same bytes of the same
/// request. A small "sandbox" stands in the corner, or what of the prompt could not be painted. std::invalid_argument
/// on a size out of range.
std::string paint(const PaintRequest& request);

}  // namespace aisha::sandbox::studio
