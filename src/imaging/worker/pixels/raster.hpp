// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Pixels in memory and antialiased shapes on them.
namespace aisha::imaging::worker {

struct Rgb {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
};

/// sRGB, 8 bits, three bytes a pixel, rows without padding.
struct Raster {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  Raster() = default;
  Raster(int w, int h, Rgb colour);
  std::uint8_t* at(int x, int y) { return rgb.data() + offset(x, y); }
  const std::uint8_t* at(int x, int y) const { return rgb.data() + offset(x, y); }

 private:
  std::size_t offset(int x, int y) const {
    return 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
  }
};

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

/// Signed distances in pixels, negative inside.
double circle(Point p, Point centre, double radius);
double capsule(Point p, Point from, Point to, double radius);
double rounded_box(Point p, Box box, double radius);
/// Closed polygon, even-odd.
double polygon(Point p, const std::vector<Point>& corners);
/// A line of strokes with round ends.
double polyline(Point p, const std::vector<Point>& points, double radius);

void blend(std::uint8_t* pixel, Rgb colour, double opacity);

/// Mixes `colour` over the pixels of `box` (clipped) where `distance(Point)` says inside, with a soft edge of one
/// pixel.
template <class Distance>
void fill(Raster& raster, Box box, Rgb colour, double opacity, const Distance& distance) {
  const int left = std::max(0, static_cast<int>(std::floor(box.left)) - 1);
  const int top = std::max(0, static_cast<int>(std::floor(box.top)) - 1);
  const int right = std::min(raster.width, static_cast<int>(std::ceil(box.right)) + 1);
  const int bottom = std::min(raster.height, static_cast<int>(std::ceil(box.bottom)) + 1);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const double cover = std::clamp(0.5 - distance(Point{x + 0.5, y + 0.5}), 0.0, 1.0);
      if (cover > 0) {
        blend(raster.at(x, y), colour, cover * opacity);
      }
    }
  }
}

/// Copies `source` to (x, y) with round corners; clipped to `target`.
void paste(Raster& target, const Raster& source, int x, int y, double corner_radius);

}  // namespace aisha::imaging::worker
