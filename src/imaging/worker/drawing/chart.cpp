// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/drawing/chart.hpp"

#include <algorithm>

#include "imaging/worker/drawing/glyphs.hpp"
#include "imaging/worker/drawing/strokes.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/normal_form.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kSide = 1080;
constexpr int kQuality = 88;
constexpr std::size_t kMostColumns = 31;
constexpr std::size_t kMostBars = 5;
constexpr std::int64_t kMostShown = 999'999;

constexpr double kMargin = 36;
constexpr double kPadding = 32;
constexpr double kCorner = 28;
constexpr double kRow = 88;
constexpr double kRound = 12;
constexpr int kPreview = 72;

constexpr Rgb kGround{18, 19, 26};
constexpr Rgb kPanel{29, 31, 43};
constexpr Rgb kTrack{42, 45, 61};
constexpr Rgb kPlace{35, 37, 51};
constexpr Rgb kDim{80, 84, 112};
constexpr Rgb kDimmed{132, 137, 168};
constexpr Rgb kWhite{240, 241, 248};
constexpr Rgb kTop{176, 132, 255};
constexpr Rgb kFoot{88, 92, 236};

Rgb between(Rgb from, Rgb to, double share) {
  const auto mix = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + (b - a) * std::clamp(share, 0.0, 1.0)));
  };
  return {mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b)};
}

void panel(Raster& chart, Box box) {
  fill(chart, box, kPanel, 1, [&](Point p) { return rounded_box(p, box, kCorner); });
}

/// A bar or column with round ends whose colour runs from its foot to its top, or to its right end.
void body(Raster& chart, Box box, bool upright) {
  const double radius = std::min({kRound, (box.right - box.left) / 2, (box.bottom - box.top) / 2});
  const double length = upright ? box.bottom - box.top : box.right - box.left;
  constexpr double kStep = 1;
  for (double at = 0; at < length; at += kStep) {
    Box slice = box;
    if (upright) {
      slice.top = box.bottom - at - kStep;
      slice.bottom = box.bottom - at;
    } else {
      slice.left = box.left + at;
      slice.right = box.left + at + kStep;
    }
    const Rgb colour = between(kFoot, kTop, at / length);
    fill(chart, slice, colour, 1, [&](Point p) {
      const bool inside = upright ? p.y >= slice.top && p.y < slice.bottom : p.x >= slice.left && p.x < slice.right;
      return inside ? rounded_box(p, box, radius) : 1.0;
    });
  }
}

std::string figure_of(std::int64_t n) {
  return std::to_string(std::clamp<std::int64_t>(n, 0, kMostShown));
}

/// Digits in the middle over `centre`, their feet at `foot`, smaller where they would be wider than `most`.
void number_above(Raster& chart, double centre, double foot, double most, std::int64_t n, Rgb colour) {
  constexpr double kHeight = 28;
  const std::string digits = figure_of(n);
  const double height = std::min(kHeight, kHeight * most / digits_width(digits.size(), kHeight));
  const double width = digits_width(digits.size(), height);
  draw_digits(chart, {centre - width / 2, foot - height}, height, colour, digits);
}

void columns(Raster& chart, const ChartSpec& spec, Box box) {
  constexpr double kNumber = 52;
  const Box inner{box.left + kPadding, box.top + kPadding + kNumber, box.right - kPadding, box.bottom - kPadding};
  const double cell = (inner.right - inner.left) / static_cast<double>(spec.columns.size());
  const double width = std::min(cell * 0.68, 120.0);
  const std::int64_t most = std::max<std::int64_t>(std::ranges::max(spec.columns), 1);
  for (std::size_t i = 0; i < spec.columns.size(); ++i) {
    const bool is_lit = i + static_cast<std::size_t>(spec.lit) >= spec.columns.size();
    const std::int64_t n = std::max<std::int64_t>(spec.columns[i], 0);
    const double centre = inner.left + cell * (static_cast<double>(i) + 0.5);
    const double share = static_cast<double>(n) / static_cast<double>(most);
    // What nothing stands in is a place for something to come.
    const Box track{centre - width / 2, inner.top, centre + width / 2, inner.bottom};
    fill(chart, track, kPlace, 1, [&](Point p) { return rounded_box(p, track, kRound); });
    if (n == 0) {
      continue;
    }
    const double height = std::max(share * (inner.bottom - inner.top), 2 * kRound);
    const Box column{track.left, inner.bottom - height, track.right, inner.bottom};
    if (is_lit) {
      body(chart, column, true);
    } else {
      fill(chart, column, kDim, 1, [&](Point p) { return rounded_box(p, column, kRound); });
    }
    number_above(chart, centre, column.top - 14, cell - 8, n, is_lit ? kWhite : kDimmed);
  }
}

Raster preview_of(const std::string& bytes, const PictureLimits& limits) {
  if (!bytes.empty()) {
    // One bad picture must not cost the whole chart.
    if (const auto picture = normal_form(bytes, limits)) {
      if (auto raster = decode(*picture, kPreview, kPreview, Fit::cover)) {
        return std::move(*raster);
      }
    }
  }
  return placeholder(kPreview, kPreview);
}

void bars(Raster& chart, const ChartSpec& spec, Box box, const PictureLimits& limits) {
  constexpr double kHigh = 34;
  constexpr double kDigits = 30;
  // The longest number stands behind the longest bar.
  std::size_t digits = 1;
  std::int64_t most = 1;
  for (const ChartBar& bar : spec.bars) {
    digits = std::max(digits, figure_of(bar.n).size());
    most = std::max(most, bar.n);
  }
  const double left = box.left + kPadding + kPreview + 28;
  const double right = box.right - kPadding - digits_width(digits, kDigits) - 24;
  double y = box.top + kPadding / 2;
  for (const ChartBar& bar : spec.bars) {
    const double middle = y + kRow / 2;
    paste(chart, preview_of(bar.picture, limits), static_cast<int>(box.left + kPadding),
          static_cast<int>(middle) - kPreview / 2, 16);
    const Box track{left, middle - kHigh / 2, right, middle + kHigh / 2};
    fill(chart, track, kTrack, 1, [&](Point p) { return rounded_box(p, track, kHigh / 2); });
    const double share = static_cast<double>(std::max<std::int64_t>(bar.n, 0)) / static_cast<double>(most);
    const double length = std::max(share * (right - left), kHigh);
    body(chart, {left, track.top, left + length, track.bottom}, false);
    draw_digits(chart, {right + 24, middle - kDigits / 2}, kDigits, kWhite, figure_of(bar.n));
    y += kRow;
  }
}

}  // namespace

Result<std::string> draw_chart(const ChartSpec& spec, const PictureLimits& limits) {
  if (spec.columns.empty() || spec.columns.size() > kMostColumns || spec.bars.size() > kMostBars || spec.lit < 0) {
    return fail(Errc::option_out_of_range, "chart: 1..31 columns, at most five bars");
  }
  Raster chart(kSide, kSide, kGround);
  const double below = spec.bars.empty() ? 0 : static_cast<double>(spec.bars.size()) * kRow + kPadding;
  const double gap = spec.bars.empty() ? 0 : 20;
  const Box upper{kMargin, kMargin, kSide - kMargin, kSide - kMargin - below - gap};
  panel(chart, upper);
  columns(chart, spec, upper);
  if (!spec.bars.empty()) {
    const Box lower{kMargin, upper.bottom + gap, kSide - kMargin, kSide - kMargin};
    panel(chart, lower);
    bars(chart, spec, lower, limits);
  }
  return encode_jpeg(chart, kQuality);
}

}  // namespace aisha::imaging::worker
