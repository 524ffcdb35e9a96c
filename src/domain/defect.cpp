// SPDX-License-Identifier: Apache-2.0
#include "domain/defect.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "domain/enum_names.hpp"

namespace aisha::domain {
namespace {

constexpr std::array<std::string_view, 7> kDefects{"blank",     "black",     "blurred_out", "wrong_ratio",
                                                   "too_small", "truncated", "flagged"};

// Measured on the shipped previews, the demo photos and made-up failures: flat with noise of sigma 8 deviates by 2.8, a
// good picture by 20 and more; noisy black reaches luma 15, a good picture 108 and more; a face blurred by a 64th of
// its short side keeps 2.5 to 4.5 of its Laplacian's variance, a good portrait 170 and more.
constexpr double kLeastDeviation = 4;
constexpr double kLeastHighlight = 24;
constexpr double kLeastSharpness = 8;
// Sides are rounded to multiples, by some models to sizes of their own: up to 0.03.
constexpr double kMostRatioError = 0.05;
constexpr double kLeastPixels = 0.6;

bool is_off_ratio(const PictureLooks& looks, double ratio) {
  const double seen = static_cast<double>(looks.width) / static_cast<double>(looks.height);
  return std::abs(std::log(seen) - std::log(ratio)) > kMostRatioError;
}

}  // namespace

std::string_view text_of(Defect defect) {
  return enum_names::text_of(kDefects, defect);
}
std::optional<Defect> defect_from(std::string_view text) {
  return enum_names::find<Defect>(kDefects, text);
}
std::vector<Defect> usual_defects() {
  return {Defect::blank, Defect::black, Defect::blurred_out, Defect::wrong_ratio, Defect::too_small, Defect::truncated};
}

std::optional<Defect> defect_of(const PictureLooks& looks, const PictureWanted& wanted) {
  if (looks.deviation < kLeastDeviation) {
    return Defect::blank;
  }
  if (looks.highlight < kLeastHighlight) {
    return Defect::black;
  }
  if (wanted.portrait && looks.sharpness < kLeastSharpness) {
    return Defect::blurred_out;
  }
  if (wanted.ratio > 0 && is_off_ratio(looks, wanted.ratio)) {
    return Defect::wrong_ratio;
  }
  const auto pixels = static_cast<double>(looks.width * looks.height);
  if (pixels < kLeastPixels * static_cast<double>(wanted.pixels)) {
    return Defect::too_small;
  }
  return std::nullopt;
}

double ratio_of(std::string_view text) {
  int across = 0;
  int down = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, across);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') {
    return 0;
  }
  const auto second = std::from_chars(first.ptr + 1, end, down);
  const bool is_ratio = second.ec == std::errc() && second.ptr == end && across > 0 && down > 0;
  return is_ratio ? static_cast<double>(across) / down : 0;
}

}  // namespace aisha::domain
