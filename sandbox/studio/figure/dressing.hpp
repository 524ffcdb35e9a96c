// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "sandbox/studio/figure/fit.hpp"
#include "sandbox/studio/figure/lighting.hpp"
#include "sandbox/studio/garments/garments.hpp"

namespace aisha::sandbox::studio {

/// What the person wears. Colours are linear; without one a garment has its usual colour.
struct Outfit {
  struct Extra {
    const Accessory* what;
    std::optional<Colour> dye;
  };
  const Garment* garment = nullptr;  ///< null: the clothes of the photo
  std::optional<Colour> dye;
  std::vector<Extra> extras;
  bool hat() const;
};

/// The head of the photo on a painted neck and painted clothes, in display colours and neutral light, ready to be
/// relit. The stage holds the framed photo and its mask, and gets the figure.
void dress(Stage& stage, const Photo& photo, const Fit& fit, const Frame& frame, const Outfit& outfit,
           const Light& light, std::uint32_t seed);

}  // namespace aisha::sandbox::studio
