// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace aisha::imaging::worker {
namespace {

struct Spread {
  double sum = 0;
  double squares = 0;
  double count = 0;

  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double variance() const { return count == 0 ? 0 : std::max(0.0, squares / count - (sum / count) * (sum / count)); }
};

std::vector<double> luma_of(const Raster& raster) {
  std::vector<double> luma;
  luma.reserve(raster.rgb.size() / 3);
  for (std::size_t i = 0; i + 2 < raster.rgb.size(); i += 3) {
    luma.push_back(0.299 * raster.rgb[i] + 0.587 * raster.rgb[i + 1] + 0.114 * raster.rgb[i + 2]);
  }
  return luma;
}

double deviation_of(const Raster& raster) {
  std::array<Spread, 3> channels;
  for (std::size_t i = 0; i < raster.rgb.size(); ++i) {
    channels[i % 3].add(raster.rgb[i]);
  }
  return std::sqrt(std::max({channels[0].variance(), channels[1].variance(), channels[2].variance()}));
}

double laplacian_variance(const std::vector<double>& luma, int width, int height) {
  Spread laplacian;
  const auto at = [&](int x, int y) { return luma[static_cast<std::size_t>(y) * width + x]; };
  for (int y = 1; y + 1 < height; ++y) {
    for (int x = 1; x + 1 < width; ++x) {
      laplacian.add(at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y));
    }
  }
  return laplacian.variance();
}

/// How much of a pixel a cell has.
struct Share {
  std::size_t pixel = 0;
  std::size_t cell = 0;
  double part = 0;
};

/// A line of pixels divided into equal cells, to fractions of a pixel: means over areas hardly change with the size at
/// which a picture comes.
std::vector<Share> shares(int pixels, std::size_t cells) {
  std::vector<Share> out;
  const double length = static_cast<double>(pixels) / static_cast<double>(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const double from = static_cast<double>(cell) * length;
    const double to = std::min(from + length, static_cast<double>(pixels));
    for (auto pixel = static_cast<std::size_t>(from); static_cast<double>(pixel) < to; ++pixel) {
      const double part = std::min(to, static_cast<double>(pixel) + 1) - std::max(from, static_cast<double>(pixel));
      out.push_back({pixel, cell, part});
    }
  }
  return out;
}

}  // namespace

Looks looks_of(const Raster& thumbnail) {
  std::vector<double> luma = luma_of(thumbnail);
  Looks looks;
  looks.deviation = deviation_of(thumbnail);
  looks.sharpness = laplacian_variance(luma, thumbnail.width, thumbnail.height);
  const auto high = luma.begin() + static_cast<std::ptrdiff_t>((luma.size() - 1) * 99 / 100);
  std::ranges::nth_element(luma, high);
  looks.highlight = *high;
  return looks;
}

double sharpness_of(const Raster& raster) {
  return laplacian_variance(luma_of(raster), raster.width, raster.height);
}

double mean_luma(const Raster& raster) {
  const std::vector<double> luma = luma_of(raster);
  return std::reduce(luma.begin(), luma.end()) / static_cast<double>(luma.size());
}

std::uint64_t dhash_of(const Raster& raster) {
  constexpr std::size_t kSide = 8;
  const auto columns = shares(raster.width, kSide + 1);
  const auto rows = shares(raster.height, kSide);
  const std::vector<double> luma = luma_of(raster);
  std::array<double, (kSide + 1) * kSide> cells{};
  for (const Share& row : rows) {
    for (const Share& column : columns) {
      cells[row.cell * (kSide + 1) + column.cell] +=
          row.part * column.part * luma[row.pixel * raster.width + column.pixel];
    }
  }
  std::uint64_t hash = 0;
  for (std::size_t y = 0; y < kSide; ++y) {
    for (std::size_t x = 0; x < kSide; ++x) {
      const std::size_t at = y * (kSide + 1) + x;
      hash = (hash << 1U) | (cells[at] < cells[at + 1] ? 1U : 0U);
    }
  }
  return hash;
}

}  // namespace aisha::imaging::worker
