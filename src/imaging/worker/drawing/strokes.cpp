// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/drawing/strokes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aisha::imaging::worker {
namespace {

/// Of a digit's height.
constexpr double kDigitWidth = 0.6;
constexpr double kAdvance = 0.846;
constexpr double kThickness = 0.1115;

std::vector<Stroke> six() {
  Stroke stem;
  curve(stem, {0.47, 0}, {0.06, 0.28}, {0, 0.68});
  Stroke bowl;
  arc(bowl, {0.3, 0.69}, 0.3, 0.31, 0, 360);
  return {stem, bowl};
}

/// Strokes of a digit in a box 0.6 wide and 1 high.
std::vector<Stroke> digit_strokes(char digit) {
  Stroke first;
  Stroke second;
  switch (digit) {
    case '0': arc(first, {0.3, 0.5}, 0.29, 0.5, 0, 360); break;
    case '1': return {{{0.1, 0.2}, {0.36, 0}, {0.36, 1}}};
    case '2':
      arc(first, {0.3, 0.29}, 0.28, 0.29, 190, 385);
      first.push_back({0.02, 1});
      first.push_back({0.6, 1});
      break;
    case '3':
      arc(first, {0.27, 0.25}, 0.27, 0.25, 205, 450);
      arc(second, {0.27, 0.74}, 0.31, 0.26, 270, 515);
      return {first, second};
    case '4': return {{{0.46, 1}, {0.46, 0}, {0, 0.68}, {0.62, 0.68}}};
    case '5':
      first = {{0.54, 0}, {0.1, 0}, {0.05, 0.46}};
      arc(first, {0.27, 0.67}, 0.31, 0.33, 218, 510);
      break;
    case '6': return six();
    case '7': return {{{0, 0}, {0.58, 0}, {0.2, 1}}};
    case '8':
      arc(first, {0.3, 0.25}, 0.25, 0.25, 0, 360);
      arc(second, {0.3, 0.74}, 0.3, 0.26, 0, 360);
      return {first, second};
    case '9': {
      auto turned = six();
      for (Stroke& stroke : turned) {
        for (Point& point : stroke) {
          point = {0.6 - point.x, 1 - point.y};
        }
      }
      return turned;
    }
    default: return {};
  }
  return {first};
}

void draw_digit(Raster& raster, char digit, Point at, double height, Rgb colour) {
  const double thickness = kThickness * height;
  auto strokes = digit_strokes(digit);
  for (Stroke& stroke : strokes) {
    for (Point& point : stroke) {
      point = {at.x + point.x * height, at.y + point.y * height};
    }
  }
  const Box area{at.x - thickness, at.y - thickness, at.x + 0.62 * height + thickness, at.y + height + thickness};
  fill(raster, area, colour, 1, [&](Point p) {
    double nearest = 1e9;
    for (const Stroke& stroke : strokes) {
      nearest = std::min(nearest, polyline(p, stroke, thickness));
    }
    return nearest;
  });
}

}  // namespace

void arc(Stroke& stroke, Point centre, double rx, double ry, double from, double to) {
  constexpr int kSteps = 22;
  for (int i = 0; i <= kSteps; ++i) {
    const double angle = (from + (to - from) * i / kSteps) * std::numbers::pi / 180;
    stroke.push_back({centre.x + rx * std::cos(angle), centre.y + ry * std::sin(angle)});
  }
}

void curve(Stroke& stroke, Point from, Point pull, Point to) {
  constexpr int kSteps = 16;
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    const double u = 1 - t;
    stroke.push_back(
        {u * u * from.x + 2 * u * t * pull.x + t * t * to.x, u * u * from.y + 2 * u * t * pull.y + t * t * to.y});
  }
}

double digits_width(std::size_t digits, double height) {
  return digits == 0 ? 0 : height * (kDigitWidth + kAdvance * static_cast<double>(digits - 1));
}

void draw_digits(Raster& raster, Point at, double height, Rgb colour, std::string_view digits) {
  for (const char digit : digits) {
    draw_digit(raster, digit, at, height, colour);
    at.x += kAdvance * height;
  }
}

}  // namespace aisha::imaging::worker
