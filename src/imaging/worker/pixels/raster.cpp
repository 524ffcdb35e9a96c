// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/raster.hpp"

#include <algorithm>

namespace aisha::imaging::worker {

Raster::Raster(int w, int h, Rgb colour) : width(w), height(h) {
  const std::size_t pixels = static_cast<std::size_t>(w) * static_cast<std::size_t>(h);
  rgb.reserve(3 * pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    rgb.insert(rgb.end(), {colour.r, colour.g, colour.b});
  }
}

double circle(Point p, Point centre, double radius) {
  return std::hypot(p.x - centre.x, p.y - centre.y) - radius;
}

double capsule(Point p, Point from, Point to, double radius) {
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double length = dx * dx + dy * dy;
  const double along = length > 0 ? std::clamp(((p.x - from.x) * dx + (p.y - from.y) * dy) / length, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - from.x - along * dx, p.y - from.y - along * dy) - radius;
}

double rounded_box(Point p, Box box, double radius) {
  const double cx = (box.left + box.right) / 2;
  const double cy = (box.top + box.bottom) / 2;
  const double qx = std::abs(p.x - cx) - (box.right - box.left) / 2 + radius;
  const double qy = std::abs(p.y - cy) - (box.bottom - box.top) / 2 + radius;
  return std::hypot(std::max(qx, 0.0), std::max(qy, 0.0)) + std::min(std::max(qx, qy), 0.0) - radius;
}

double polygon(Point p, const std::vector<Point>& corners) {
  bool inside = false;
  double nearest = 1e9;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const Point a = corners[i];
    const Point b = corners[j];
    nearest = std::min(nearest, capsule(p, a, b, 0));
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside ? -nearest : nearest;
}

double polyline(Point p, const std::vector<Point>& points, double radius) {
  double nearest = 1e9;
  for (std::size_t i = 1; i < points.size(); ++i) {
    nearest = std::min(nearest, capsule(p, points[i - 1], points[i], radius));
  }
  return nearest;
}

void blend(std::uint8_t* pixel, Rgb colour, double opacity) {
  const auto mix = [opacity](std::uint8_t below, std::uint8_t above) {
    return static_cast<std::uint8_t>(std::lround(below + (above - below) * opacity));
  };
  pixel[0] = mix(pixel[0], colour.r);
  pixel[1] = mix(pixel[1], colour.g);
  pixel[2] = mix(pixel[2], colour.b);
}

void paste(Raster& target, const Raster& source, int x, int y, double corner_radius) {
  const Box box{0, 0, static_cast<double>(source.width), static_cast<double>(source.height)};
  for (int row = std::max(0, -y); row < std::min(source.height, target.height - y); ++row) {
    for (int column = std::max(0, -x); column < std::min(source.width, target.width - x); ++column) {
      const double distance = rounded_box(Point{column + 0.5, row + 0.5}, box, corner_radius);
      const std::uint8_t* from = source.at(column, row);
      blend(target.at(x + column, y + row), Rgb{from[0], from[1], from[2]}, std::clamp(0.5 - distance, 0.0, 1.0));
    }
  }
}

}  // namespace aisha::imaging::worker
