// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/sheet.hpp"

#include "imaging/worker/codec.hpp"
#include "imaging/worker/glyphs.hpp"
#include "imaging/worker/normal_form.hpp"

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
      if (auto raster = decode(*picture, width, height, Fit::cover)) {
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
  }
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
  return fits(spec.columns, 1, 8) && fits(spec.cell_width, 16, 1080) && fits(spec.cell_height, 16, 1080) &&
         !spec.cells.empty() && spec.cells.size() <= 64;
}

}  // namespace

Result<std::string> draw_sheet(const SheetSpec& spec, const PictureLimits& limits) {
  if (!is_sane(spec)) {
    return fail(Errc::option_out_of_range, "contact sheet: 1..64 cells of 16..1080 px in 1..8 columns");
  }
  const int count = static_cast<int>(spec.cells.size());
  const int rows = (count + spec.columns - 1) / spec.columns;
  const int top = spec.strip.empty() ? 0 : kStripHeight + kGap;
  const int width = spec.columns * (spec.cell_width + kGap) - kGap;
  Raster sheet(width, top + rows * (spec.cell_height + kGap) - kGap, kBackground);
  if (!spec.strip.empty()) {
    draw_strip(sheet, spec.strip, limits);
  }
  for (int i = 0; i < count; ++i) {
    const int row = i / spec.columns;
    const int in_row = std::min(spec.columns, count - row * spec.columns);
    const int indent = (width - in_row * (spec.cell_width + kGap) + kGap) / 2;
    const int x = indent + i % spec.columns * (spec.cell_width + kGap);
    const int y = top + row * (spec.cell_height + kGap);
    const SheetCell& cell = spec.cells[static_cast<std::size_t>(i)];
    draw_cell(sheet, cell, picture_or_placeholder(cell.picture, spec.cell_width, spec.cell_height, limits), x, y);
  }
  return encode_jpeg(sheet, kQuality);
}

}  // namespace aisha::imaging::worker
