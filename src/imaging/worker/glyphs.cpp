// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/glyphs.hpp"

#include <algorithm>
#include <numbers>
#include <string>

#include "imaging/lettering.hpp"

namespace aisha::imaging::worker {
namespace {

constexpr Rgb kInk{12, 13, 18};
constexpr Rgb kWhite{255, 255, 255};
constexpr double kDiscOpacity = 0.74;

using Stroke = std::vector<Point>;

/// Points of an ellipse's arc, degrees clockwise from three o'clock (y grows downwards).
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

void disc(Raster& raster, Box box) {
  const double radius = (box.bottom - box.top) / 2;
  fill(raster, box, kInk, kDiscOpacity, [&](Point p) { return rounded_box(p, box, radius); });
  // A hairline keeps the disc apart from dark pictures.
  fill(raster, box, kWhite, 0.28, [&](Point p) { return std::abs(rounded_box(p, box, radius) + 1) - 0.8; });
}

Box badge_box(double left, double top) {
  return {left, top, left + kBadgeSize, top + kBadgeSize};
}

void draw_digit(Raster& raster, char digit, Point at, double height) {
  constexpr double kStroke = 2.9;
  auto strokes = digit_strokes(digit);
  for (Stroke& stroke : strokes) {
    for (Point& point : stroke) {
      point = {at.x + point.x * height, at.y + point.y * height};
    }
  }
  const Box area{at.x - kStroke, at.y - kStroke, at.x + 0.62 * height + kStroke, at.y + height + kStroke};
  fill(raster, area, kWhite, 1, [&](Point p) {
    double nearest = 1e9;
    for (const Stroke& stroke : strokes) {
      nearest = std::min(nearest, polyline(p, stroke, kStroke));
    }
    return nearest;
  });
}

}  // namespace

void draw_number(Raster& raster, double left, double top, std::string_view digits) {
  constexpr double kHeight = 26;
  constexpr double kAdvance = 22;
  std::string shown;
  for (const char c : digits.substr(0, 3)) {
    if (c >= '0' && c <= '9') {
      shown.push_back(c);
    }
  }
  if (shown.empty()) {
    return;
  }
  const double more = kAdvance * static_cast<double>(shown.size() - 1);
  const Box box{left, top, left + kBadgeSize + 0.8 * more, top + kBadgeSize};
  disc(raster, box);
  Point at{(box.left + box.right - more - 0.6 * kHeight) / 2, (box.top + box.bottom - kHeight) / 2};
  for (const char digit : shown) {
    draw_digit(raster, digit, at, kHeight);
    at.x += kAdvance;
  }
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
