// SPDX-License-Identifier: Apache-2.0
#include "imaging/thumbhash.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace aisha::imaging {
namespace {

/// One plane in frequency space, `terms` scaled to 0..1 around 0.5.
struct Spectrum {
  double mean = 0;
  double scale = 0;
  std::vector<double> terms;
};

/// Half up, as the format's reference does; std::round would differ at negative halves only.
unsigned quantise(double steps, double value) {
  return static_cast<unsigned>(std::floor(steps * value + 0.5));
}

double project(const std::vector<double>& plane, int width, int height, int along, int down) {
  std::vector<double> across(static_cast<std::size_t>(width));
  for (int x = 0; x < width; ++x) {
    across[static_cast<std::size_t>(x)] = std::cos(std::numbers::pi / width * along * (x + 0.5));
  }
  double sum = 0;
  for (int y = 0; y < height; ++y) {
    const double weight = std::cos(std::numbers::pi / height * down * (y + 0.5));
    for (int x = 0; x < width; ++x) {
      sum += plane[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] *
             across[static_cast<std::size_t>(x)] * weight;
    }
  }
  return sum / (width * height);
}

/// The triangle of low frequencies, row by row.
Spectrum spectrum_of(const std::vector<double>& plane, int width, int height, int columns, int rows) {
  // Rounding noise of a flat plane must not be blown up to full-scale terms.
  constexpr double kNoise = 1e-9;
  Spectrum out;
  for (int down = 0; down < rows; ++down) {
    for (int along = 0; along * rows < columns * (rows - down); ++along) {
      const double term = project(plane, width, height, along, down);
      if (along == 0 && down == 0) {
        out.mean = term;
      } else {
        out.terms.push_back(term);
        out.scale = std::max(out.scale, std::abs(term));
      }
    }
  }
  if (out.scale < kNoise) {
    out.scale = 0;
  }
  for (double& term : out.terms) {
    term = out.scale > 0 ? 0.5 + 0.5 / out.scale * term : 0;
  }
  return out;
}

struct Planes {
  std::vector<double> brightness, yellow_blue, red_green, alpha;
  bool transparent = false;
};

Planes planes_of(std::span<const std::uint8_t> rgba) {
  const std::size_t count = rgba.size() / 4;
  double red = 0;
  double green = 0;
  double blue = 0;
  double opacity = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double alpha = rgba[4 * i + 3] / 255.0;
    red += alpha / 255.0 * rgba[4 * i];
    green += alpha / 255.0 * rgba[4 * i + 1];
    blue += alpha / 255.0 * rgba[4 * i + 2];
    opacity += alpha;
  }
  if (opacity > 0) {
    red /= opacity;
    green /= opacity;
    blue /= opacity;
  }
  Planes out;
  out.transparent = opacity < static_cast<double>(count) - 1e-9;
  for (std::size_t i = 0; i < count; ++i) {
    // Transparent pixels take the average colour, so that they pull on nothing.
    const double alpha = rgba[4 * i + 3] / 255.0;
    const double r = red * (1 - alpha) + alpha / 255.0 * rgba[4 * i];
    const double g = green * (1 - alpha) + alpha / 255.0 * rgba[4 * i + 1];
    const double b = blue * (1 - alpha) + alpha / 255.0 * rgba[4 * i + 2];
    out.brightness.push_back((r + g + b) / 3);
    out.yellow_blue.push_back((r + g) / 2 - b);
    out.red_green.push_back(r - g);
    out.alpha.push_back(alpha);
  }
  return out;
}

class Nibbles {
 public:
  explicit Nibbles(std::string& out) : out_(out) {}
  void append(const Spectrum& spectrum) {
    for (const double term : spectrum.terms) {
      const unsigned value = quantise(15, term);
      if (high_) {
        out_.back() = static_cast<char>(static_cast<unsigned char>(out_.back()) | (value << 4U));
      } else {
        out_.push_back(static_cast<char>(value));
      }
      high_ = !high_;
    }
  }

 private:
  std::string& out_;
  bool high_ = false;
};

}  // namespace

std::string thumbhash(std::span<const std::uint8_t> rgba, int width, int height) {
  const Planes planes = planes_of(rgba);
  const double cells = planes.transparent ? 5 : 7;
  const double longest = std::max(width, height);
  const int columns = std::max(1, static_cast<int>(std::floor(cells * width / longest + 0.5)));
  const int rows = std::max(1, static_cast<int>(std::floor(cells * height / longest + 0.5)));
  const Spectrum light = spectrum_of(planes.brightness, width, height, std::max(3, columns), std::max(3, rows));
  const Spectrum yellow = spectrum_of(planes.yellow_blue, width, height, 3, 3);
  const Spectrum red = spectrum_of(planes.red_green, width, height, 3, 3);
  const bool landscape = width > height;

  const unsigned head = quantise(63, light.mean) | quantise(31.5, 1 + yellow.mean) << 6U |
                        quantise(31.5, 1 + red.mean) << 12U | quantise(31, light.scale) << 18U |
                        static_cast<unsigned>(planes.transparent) << 23U;
  const unsigned tail = static_cast<unsigned>(landscape ? rows : columns) | quantise(63, yellow.scale) << 3U |
                        quantise(63, red.scale) << 9U | static_cast<unsigned>(landscape) << 15U;
  std::string out;
  for (const unsigned byte : {head, head >> 8U, head >> 16U, tail, tail >> 8U}) {
    out.push_back(static_cast<char>(byte & 0xffU));
  }
  Nibbles nibbles(out);
  if (planes.transparent) {
    const Spectrum alpha = spectrum_of(planes.alpha, width, height, 5, 5);
    out.push_back(static_cast<char>(quantise(15, alpha.mean) | quantise(15, alpha.scale) << 4U));
    nibbles.append(light);
    nibbles.append(yellow);
    nibbles.append(red);
    nibbles.append(alpha);
    return out;
  }
  nibbles.append(light);
  nibbles.append(yellow);
  nibbles.append(red);
  return out;
}

}  // namespace aisha::imaging
