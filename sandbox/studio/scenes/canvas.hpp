// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>

#include "sandbox/studio/raster/noise.hpp"
#include "sandbox/studio/raster/raster.hpp"
#include "sandbox/studio/scenes/setting.hpp"

namespace aisha::sandbox::studio {

/// A backdrop in linear light. Places are fractions of the height: y runs 0..1 downwards, x runs 0..aspect.
struct Canvas : Raster {
  float aspect;
  Dice dice;
  Setting setting;
  float head_x = 0.5f, head_y = 0.4f, head_width = 0.2f;  ///< where the subject's head will be

  Canvas(int w, int h, std::uint32_t seed) : Raster(w, h, 3), aspect(float(w) / float(h)), dice{seed}, setting{} {}

  /// A place next to the head, on the roomier side.
  float beside(float gap) const;

  template <class F>
  void shade(F colour_at) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        set(x, y, colour_at((float(x) + 0.5f) / float(height), (float(y) + 0.5f) / float(height)));
      }
    }
  }
  /// change(x, y, Colour&) for every pixel of a box.
  template <class F>
  void area(float x0, float y0, float x1, float y1, F change) {
    const float h = float(height);
    const int left = std::max(0, int(x0 * h)), right = std::min(width, int(x1 * h) + 1);
    const int bottom = std::min(height, int(y1 * h) + 1);
    for (int y = std::max(0, int(y0 * h)); y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        Colour v = rgb(x, y);
        change((float(x) + 0.5f) / h, (float(y) + 0.5f) / h, v);
        set(x, y, v);
      }
    }
  }
  void rect(float x0, float y0, float x1, float y1, Colour c, float soft = 0.0015f, float alpha = 1);
  void disc(float cx, float cy, float r, Colour c, float soft = 0.003f, float alpha = 1);
  /// An out-of-focus light: an additive disc with a slightly brighter rim.
  void bokeh(float cx, float cy, float r, Colour c);
  void glow(float cx, float cy, float r, Colour c, float stretch_y = 1);
  void line(float x0, float y0, float x1, float y1, float wide, Colour c, float alpha = 1, bool add = false);
  /// Throws the whole picture out of focus as a round aperture does: every bright point becomes a disc.
  void lens(float radius);
};

}  // namespace aisha::sandbox::studio
