// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aisha::sandbox::studio {

/// A point of a weave: relief in units, and a factor on the cloth's colour.
struct Texture {
  float height = 0, tone = 1;
};
using Weave = Texture (*)(float u, float v);

Texture wool(float u, float v);
Texture cotton(float u, float v);
Texture denim_twill(float u, float v);
Texture rib(float u, float v);
Texture fine_rib(float u, float v);
Texture tweed_checks(float u, float v);
Texture knit(float u, float v);
Texture cable_knit(float u, float v);
Texture velvet(float u, float v);
Texture leather(float u, float v);
Texture linen(float u, float v);
Texture mail(float u, float v);
Texture hammered(float u, float v);
Texture brocade(float u, float v);
Texture hexagons(float u, float v);
Texture tech(float u, float v);
Texture fur(float u, float v);
Texture stripes(float u, float v);

}  // namespace aisha::sandbox::studio
