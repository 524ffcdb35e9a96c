// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/wardrobe/outline.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace aisha::sandbox::studio {

namespace {

/// Catmull-Rom between `b` and `c`.
Point between(Point a, Point b, Point c, Point d, float t) {
  const auto at = [t](float p0, float p1, float p2, float p3) {
    return 0.5f *
           (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t * t * t);
  };
  return {at(a.x, b.x, c.x, d.x), at(a.y, b.y, c.y, d.y)};
}

void append(Path& out, char command, const Path& run) {
  if (command != 'S' || out.empty()) {
    out.insert(out.end(), run.begin(), run.end());
    return;
  }
  constexpr int kSteps = 10;
  Path through{out.back()};
  through.insert(through.end(), run.begin(), run.end());
  for (std::size_t i = 0; i + 1 < through.size(); ++i) {
    const Point before = through[i != 0 ? i - 1 : 0], after = through[std::min(i + 2, through.size() - 1)];
    for (int k = 1; k <= kSteps; ++k) {
      out.push_back(between(before, through[i], through[i + 1], after, float(k) / kSteps));
    }
  }
}

/// Not strtof: that one obeys the locale.
float number(const char*& at, const char* end) {
  while (at != end && *at == ' ') {
    ++at;
  }
  float value = 0;
  at = std::from_chars(at, end, value).ptr;
  return value;
}

}  // namespace

Path outline(std::string_view text, float mirror) {
  Path out, run;
  char command = 'M';
  const char *at = text.data(), *end = at + text.size();
  while (at != end) {
    if (*at == ' ') {
      ++at;
    } else if (std::isalpha(static_cast<unsigned char>(*at)) != 0) {
      append(out, command, run);
      run.clear();
      command = *at++;
    } else {
      const float x = number(at, end);
      const float y = number(at, end);
      run.push_back({x * mirror, y});
    }
  }
  append(out, command, run);
  return out;
}

Path both_halves(std::string_view half) {
  Path right = outline(half), left = outline(half, -1);
  right.insert(right.end(), left.rbegin(), left.rend());
  return right;
}

Path moved(Path path, float dx, float dy) {
  for (Point& p : path) {
    p = {p.x + dx, p.y + dy};
  }
  return path;
}

Path askew(std::string_view text, float angle) {
  constexpr Point kTop{2, -120};
  Path path = outline(text);
  for (Point& p : path) {
    const float x = p.x - kTop.x, y = p.y - kTop.y;
    p = {kTop.x + x - y * angle, kTop.y + y + x * angle};
  }
  return path;
}

Path circle(float x, float y, float radius) {
  constexpr int kPoints = 20;
  Path path;
  for (int i = 0; i < kPoints; ++i) {
    const float a = float(i) * 6.28318f / kPoints;
    path.push_back({x + radius * std::cos(a), y + radius * std::sin(a)});
  }
  return path;
}

}  // namespace aisha::sandbox::studio
