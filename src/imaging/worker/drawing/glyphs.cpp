// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/drawing/glyphs.hpp"

#include <algorithm>
#include <string>

#include "imaging/lettering.hpp"
#include "imaging/worker/drawing/strokes.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr Rgb kInk{12, 13, 18};
constexpr Rgb kWhite{255, 255, 255};
constexpr double kDiscOpacity = 0.74;

void disc(Raster& raster, Box box) {
  const double radius = (box.bottom - box.top) / 2;
  fill(raster, box, kInk, kDiscOpacity, [&](Point p) { return rounded_box(p, box, radius); });
  // A hairline keeps the disc apart from dark pictures.
  fill(raster, box, kWhite, 0.28, [&](Point p) { return std::abs(rounded_box(p, box, radius) + 1) - 0.8; });
}

Box badge_box(double left, double top) {
  return {left, top, left + kBadgeSize, top + kBadgeSize};
}

}  // namespace

void draw_number(Raster& raster, double left, double top, std::string_view digits) {
  constexpr double kHeight = 26;
  std::string shown;
  for (const char c : digits.substr(0, 3)) {
    if (c >= '0' && c <= '9') {
      shown.push_back(c);
    }
  }
  if (shown.empty()) {
    return;
  }
  const double width = digits_width(shown.size(), kHeight);
  const double more = width - digits_width(1, kHeight);
  const Box box{left, top, left + kBadgeSize + 0.8 * more, top + kBadgeSize};
  disc(raster, box);
  const Point at{(box.left + box.right - width) / 2, (box.top + box.bottom - kHeight) / 2};
  draw_digits(raster, at, kHeight, kWhite, shown);
}

void draw_lock(Raster& raster, double left, double top) {
  constexpr Rgb kGold{255, 205, 92};
  const Box badge = badge_box(left, top);
  disc(raster, badge);
  const double cx = left + kBadgeSize / 2;
  const double body_top = top + 26;
  Stroke shackle{{cx - 6.5, body_top + 2}};
  arc(shackle, {cx, top + 21}, 6.5, 7, 180, 360);
  shackle.push_back({cx + 6.5, body_top + 2});
  fill(raster, badge, kGold, 1, [&](Point p) { return polyline(p, shackle, 2.1); });
  const Box body{cx - 11.5, body_top, cx + 11.5, body_top + 17};
  fill(raster, body, kGold, 1, [&](Point p) { return rounded_box(p, body, 4); });
  fill(raster, body, kInk, 0.9, [&](Point p) {
    const Point hole{cx, body_top + 7};
    return std::min(circle(p, hole, 2.6), capsule(p, hole, {cx, body_top + 11.5}, 1.3));
  });
}

void draw_flame(Raster& raster, double left, double top) {
  const Box badge = badge_box(left, top);
  disc(raster, badge);
  const auto shape = [&](double scale, double down) {
    Stroke out;
    curve(out, {0.02, -1}, {0.12, -0.5}, {0.42, -0.2});
    curve(out, {0.42, -0.2}, {0.78, 0.14}, {0.66, 0.55});
    curve(out, {0.66, 0.55}, {0.5, 1.02}, {0, 1});
    curve(out, {0, 1}, {-0.52, 1.02}, {-0.66, 0.52});
    curve(out, {-0.66, 0.52}, {-0.74, 0.12}, {-0.4, -0.22});
    curve(out, {-0.4, -0.22}, {-0.3, 0.1}, {-0.12, 0.08});
    curve(out, {-0.12, 0.08}, {0.14, -0.4}, {0.02, -1});
    for (Point& point : out) {
      point = {left + kBadgeSize / 2 + point.x * scale, top + kBadgeSize / 2 - 1 + down + point.y * scale};
    }
    return out;
  };
  const Stroke outer = shape(18, 0);
  const Stroke middle = shape(11.5, 5.6);
  const Stroke inner = shape(6, 10);
  fill(raster, badge, Rgb{255, 92, 38}, 1, [&](Point p) { return polygon(p, outer); });
  fill(raster, badge, Rgb{255, 160, 44}, 1, [&](Point p) { return polygon(p, middle); });
  fill(raster, badge, Rgb{255, 226, 128}, 1, [&](Point p) { return polygon(p, inner); });
}

namespace {

void print(Raster& raster, const Ink& ink, int left, int top) {
  for (int y = std::max(0, -top); y < std::min(ink.height, raster.height - top); ++y) {
    for (int x = std::max(0, -left); x < std::min(ink.width, raster.width - left); ++x) {
      const std::uint8_t cover = ink.cover[static_cast<std::size_t>(y * ink.width + x)];
      blend(raster.at(left + x, top + y), kWhite, cover / 255.0);
    }
  }
}

}  // namespace

void draw_price(Raster& raster, double right, double top, std::string_view digits) {
  constexpr int kLine = 44;
  constexpr double kCoin = 13;
  const Ink ink = letter(digits.substr(0, 4), kLine, 4 * kLine);
  if (ink.width == 0) {
    return;
  }
  const double width = ink.width + 2 * kCoin + 36;
  const Box box{right - width, top, right, top + kBadgeSize};
  disc(raster, box);
  const Point coin{box.left + 14 + kCoin, top + kBadgeSize / 2};
  fill(raster, box, Rgb{255, 205, 92}, 1, [&](Point p) { return circle(p, coin, kCoin); });
  fill(raster, box, Rgb{176, 122, 24}, 1, [&](Point p) { return std::abs(circle(p, coin, kCoin - 4)) - 1.1; });
  print(raster, ink, static_cast<int>(coin.x + kCoin + 7), static_cast<int>(top + (kBadgeSize - kLine) / 2));
}

void draw_label(Raster& raster, Box cell, std::string_view name) {
  constexpr int kLine = 52;
  constexpr double kSide = 12;
  const Ink ink = letter(name, kLine, static_cast<int>(cell.right - cell.left - 2 * kSide));
  if (ink.width == 0) {
    return;
  }
  const double shade = kLine * 1.9;
  for (double y = cell.bottom - shade; y < cell.bottom; ++y) {
    const double depth = (y - cell.bottom + shade) / shade;
    const Box line{cell.left, y, cell.right, y + 1};
    for (int x = static_cast<int>(line.left); x < static_cast<int>(line.right); ++x) {
      blend(raster.at(x, static_cast<int>(y)), kInk, 0.78 * depth);
    }
  }
  print(raster, ink, static_cast<int>(cell.left + kSide), static_cast<int>(cell.bottom) - kLine - 6);
}

void draw_waiting(Raster& raster, std::string_view words) {
  constexpr Rgb kGround{30, 28, 44};
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      std::uint8_t* pixel = raster.at(x, y);
      const auto grey = static_cast<std::uint8_t>((pixel[0] * 54 + pixel[1] * 183 + pixel[2] * 19) / 256);
      blend(pixel, Rgb{grey, grey, grey}, 0.85);
      blend(pixel, kGround, 0.62);
    }
  }
  const int line = raster.width / 9;
  const Ink ink = letter(words, line, raster.width * 9 / 10);
  print(raster, ink, (raster.width - ink.width) / 2, (raster.height - line) / 2);
}

Raster placeholder(int width, int height) {
  Raster out(width, height, Rgb{});
  for (int y = 0; y < height; ++y) {
    const double t = static_cast<double>(y) / height;
    const auto tone = [t](double from, double to) { return static_cast<std::uint8_t>(from + (to - from) * t); };
    for (int x = 0; x < width; ++x) {
      std::uint8_t* pixel = out.at(x, y);
      pixel[0] = tone(74, 44);
      pixel[1] = tone(78, 46);
      pixel[2] = tone(96, 60);
    }
  }
  constexpr Rgb kShade{118, 124, 148};
  const double unit = std::min(width, height);
  const Point head{width / 2.0, height / 2.0 - 0.1 * unit};
  const Box chest{head.x - 0.28 * unit, head.y + 0.2 * unit, head.x + 0.28 * unit, head.y + 1.42 * unit};
  const Box all{0, 0, static_cast<double>(width), static_cast<double>(height)};
  fill(out, all, kShade, 0.75,
       [&](Point p) { return std::min(circle(p, head, 0.15 * unit), rounded_box(p, chest, 0.24 * unit)); });
  return out;
}

}  // namespace aisha::imaging::worker
