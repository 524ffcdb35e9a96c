// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/drawing/sheet.hpp"

#include <algorithm>
#include <numeric>

#include "imaging/worker/drawing/glyphs.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "imaging/worker/pixels/normal_form.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr int kGap = 6;
constexpr int kQuality = 85;
constexpr double kCorner = 22;
constexpr double kInset = 14;
constexpr Rgb kBackground{18, 19, 26};
constexpr int kStripHeight = 208;
constexpr int kFace = 160;

Raster picture_or_placeholder(const std::string& bytes, int width, int height, const PictureLimits& limits) {
  if (!bytes.empty()) {
    // One bad picture must not cost the whole sheet.
    if (const auto picture = normal_form(bytes, limits)) {
      if (auto raster = decode(*picture, width, height, Fit::bust)) {
        return std::move(*raster);
      }
    }
  }
  return placeholder(width, height);
}

void draw_cell(Raster& sheet, const SheetCell& cell, const Raster& picture, int x, int y) {
  paste(sheet, picture, x, y, kCorner);
  draw_number(sheet, x + kInset, y + kInset, cell.badge);
  double right = x + picture.width - kInset - kBadgeSize;
  if (cell.locked) {
    draw_lock(sheet, right, y + kInset);
    right -= kBadgeSize + 8;
  }
  if (cell.popular) {
    draw_flame(sheet, right, y + kInset);
    right -= kBadgeSize + 8;
  }
  draw_price(sheet, right + kBadgeSize, y + kInset, cell.price);
}

Raster cell_of(const SheetCell& cell, int width, int height, const PictureLimits& limits) {
  Raster picture = picture_or_placeholder(cell.picture, width, height, limits);
  draw_label(picture, {0, 0, static_cast<double>(width), static_cast<double>(height)}, cell.label);
  return picture;
}

/// Cells in each row.
std::vector<int> rows_of(const SheetSpec& spec) {
  if (!spec.rows.empty()) {
    return spec.rows;
  }
  std::vector<int> rows;
  for (int left = static_cast<int>(spec.cells.size()); left > 0; left -= spec.columns) {
    rows.push_back(std::min(left, spec.columns));
  }
  return rows;
}

/// Sides of the cells of a row of so many, as wide as the sheet.
struct Sides {
  int width = 0;
  int height = 0;
};
Sides sides_of(const SheetSpec& spec, int in_row) {
  const int whole = spec.columns * (spec.cell_width + kGap) - kGap;
  // A row of fewer is not blown up without end: a lone cell takes what two would.
  const int shares = std::max(in_row, std::min(2, spec.columns));
  const int width = (whole - (shares - 1) * kGap) / shares;
  return {width, width * spec.cell_height / spec.cell_width};
}

/// The face's own colours, spread wide and dimmed, with the face on a ring in the middle.
void draw_strip(Raster& sheet, const std::string& bytes, const PictureLimits& limits) {
  const Raster face = picture_or_placeholder(bytes, kFace, kFace, limits);
  // Blown up from a handful of pixels, the picture is a smooth wash of its colours.
  Raster wash = scaled(scaled(face, 6, 3), sheet.width, kStripHeight);
  const Box all{0, 0, static_cast<double>(wash.width), static_cast<double>(wash.height)};
  fill(wash, all, kBackground, 0.5, [](Point) { return -1.0; });
  paste(sheet, wash, 0, 0, kCorner);
  const Point centre{sheet.width / 2.0, kStripHeight / 2.0};
  const double radius = kFace / 2.0;
  const Box ring{centre.x - radius - 8, centre.y - radius - 8, centre.x + radius + 8, centre.y + radius + 8};
  fill(sheet, ring, kBackground, 0.35, [&](Point p) { return circle(p, centre, radius + 8); });
  fill(sheet, ring, Rgb{255, 255, 255}, 0.95, [&](Point p) { return circle(p, centre, radius + 4); });
  paste(sheet, face, sheet.width / 2 - kFace / 2, kStripHeight / 2 - kFace / 2, radius);
}

bool is_sane(const SheetSpec& spec) {
  const auto fits = [](int value, int least, int most) { return value >= least && value <= most; };
  const bool rows_fit = std::ranges::all_of(spec.rows, [&](int row) { return fits(row, 1, 8); });
  const int in_rows = std::accumulate(spec.rows.begin(), spec.rows.end(), 0);
  return fits(spec.columns, 1, 8) && fits(spec.cell_width, 16, 1080) && fits(spec.cell_height, 16, 1080) && rows_fit &&
         (spec.rows.empty() || in_rows == static_cast<int>(spec.cells.size())) && !spec.cells.empty() &&
         spec.cells.size() <= 64;
}

}  // namespace

Result<std::string> draw_sheet(const SheetSpec& spec, const PictureLimits& limits) {
  if (!is_sane(spec)) {
    return fail(Errc::option_out_of_range, "contact sheet: 1..64 cells of 16..1080 px in rows of 1..8");
  }
  const std::vector<int> rows = rows_of(spec);
  const int top = spec.strip.empty() ? 0 : kStripHeight + kGap;
  const int width = spec.columns * (spec.cell_width + kGap) - kGap;
  int height = top - kGap;
  for (const int in_row : rows) {
    height += sides_of(spec, in_row).height + kGap;
  }
  Raster sheet(width, height, kBackground);
  if (!spec.strip.empty()) {
    draw_strip(sheet, spec.strip, limits);
  }
  auto cell = spec.cells.begin();
  int y = top;
  for (const int in_row : rows) {
    const Sides sides = sides_of(spec, in_row);
    int x = (width - in_row * (sides.width + kGap) + kGap) / 2;
    for (int i = 0; i < in_row; ++i, ++cell, x += sides.width + kGap) {
      draw_cell(sheet, *cell, cell_of(*cell, sides.width, sides.height, limits), x, y);
    }
    y += sides.height + kGap;
  }
  if (!spec.waiting.empty()) {
    draw_waiting(sheet, spec.waiting);
  }
  return encode_jpeg(sheet, kQuality);
}

}  // namespace aisha::imaging::worker
