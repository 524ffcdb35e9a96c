// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/figure/fit.hpp"

#include <algorithm>
#include <cmath>

namespace aisha::sandbox::studio {

using std::max, std::min;

namespace {

constexpr std::string_view kJaw =
    "M -200 -40 L -44 -40 S -40 -45 -38.5 -30 -37 -25 -33 -18 -26 -11.5 -20 -7 -14 -2.6 -7 -0.2 0 0.2 6 -0.2 13 -2.7 "
    "20 -6.4 "
    "26 -10.4 31 -15 35 -19.5 39 -26 43 -38 45 -42 L 200 -42 L 200 -300 L -200 -300";
constexpr std::string_view kFace =
    "M -44 -60 S -40 -45 -38.5 -30 -37 -25 -33 -18 -26 -11.5 -20 -7 -14 -2.6 -7 -0.2 0 0.2 6 -0.2 13 -2.7 20 -6.4 26 "
    "-10.4 31 "
    "-15 35 -19.5 39 -26 43 -38 46 -60 L 60 -120 L -58 -120";
constexpr std::string_view kOwnNeck =
    "M -37 -60 S -37 -25 -36.4 -6 -34 -2 -28 2 -20 4.5 -8 6.5 2 9 12 10 20 8 28 4 30 -8 34 -22 39 -30 L 40 -60";
constexpr std::string_view kCatHead =
    "M -200 -95 L -80 -95 S -78 -56 -68 -32 -51 -12 -27 0 0 5 32 6 54 -2 62 -22 68 -41 88 -66 L 200 -66 L 200 -300 L "
    "-200 -300";
constexpr std::string_view kCatFace =
    "M -74 -60 S -68 -32 -51 -12 -27 0 0 5 32 6 54 -2 64 -30 70 -60 L 60 -120 L -58 -120";
constexpr std::string_view kNoNeck = "M -1 -60 L 1 -60 L 0 -59";

}  // namespace

std::optional<Fit> fit_of(const Photo& photo, Sitting sitting) {
  if (!photo.masked || sitting == Sitting::unknown) {
    return std::nullopt;
  }
  if (sitting == Sitting::chelsea) {
    const float c = float(photo.rgb.width) / 571;  // measured on the photo at this width
    return Fit{2.05f * c, 265 * c, 402 * c, kCatHead, kCatFace, kNoNeck, true, {14, -26}, 0.72f, 33};
  }
  const float unit = photo.head_width / 147;
  return Fit{unit, photo.head_x - 4.5f * unit, photo.top + 162 * unit, kJaw, kFace, kOwnNeck, false};
}

Frame bust_frame(const Fit& fit, float aspect, Dice& dice, bool hat) {
  const float wide = dice(0.f, 1.f);
  const float off = dice(-1.f, 1.f);
  // A wide picture shows more of the place, a tall one comes closer: below the chest there is little to see.
  const float zoom = aspect > 0.80f ? std::pow(aspect / 0.80f, 0.86f) : max(0.80f, std::pow(aspect / 0.75f, 0.8f));
  const float w = fit.unit * lerp(330, 356, wide) * min(zoom, max(1.f, aspect / 0.80f)), h = w / aspect;
  return {fit.chin_x + 4.5f * fit.unit - w / 2 + 0.03f * w * off,
          fit.chin_y - 162 * fit.unit - (hat || fit.furry ? 0.175f : 0.115f) * h, w, h};
}

Colour mean_of(const Photo& photo, const Fit& fit, Point low, Point high) {
  Colour sum;
  float count = 1e-6f;
  const int right = min(photo.rgb.width, int(fit.chin_x + high.x * fit.unit));
  const int bottom = min(photo.rgb.height, int(fit.chin_y + high.y * fit.unit));
  for (int y = max(0, int(fit.chin_y + low.y * fit.unit)); y < bottom; ++y) {
    for (int x = max(0, int(fit.chin_x + low.x * fit.unit)); x < right; ++x) {
      const Colour c = photo.rgb.rgb(x, y);
      sum += Colour{to_linear(c.r), to_linear(c.g), to_linear(c.b)}, count += 1;
    }
  }
  return sum * (1 / count);
}

}  // namespace aisha::sandbox::studio
