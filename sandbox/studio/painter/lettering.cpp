// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "imaging/lettering.hpp"
#include "sandbox/studio/painter/lettering.hpp"

namespace aisha::sandbox::studio {
using std::clamp, std::max, std::min;
void lettering(Raster& m, std::string_view text, float x, float y, float unit, float alpha) {
  double mean = 0, n = 1e-6;  // light letters on dark ground, dark on light
  for (int py = max(0, int(y)); py < min(m.height, int(y + 6 * unit)); ++py) {
    for (int px = max(0, int(x)); px < min(m.width, int(x + 5.6f * unit * text.size())); ++px)
      mean += luma(m.rgb(px, py)), n += 1;
  }
  const float ink = mean / n > 0.62 ? 0.12f : 1.f;
  static constexpr std::pair<char, const char*> glyphs[] = {
      {'s', "422204444606 "}, {'a', "0242460604 4404"}, {'n', "06024246"},      {'d', "4046060242"},
      {'b', "0006464202"},    {'o', "0242460602"},      {'x', "0246 4206"},     {'0', "0040460600"},
      {'1', "1020 2026"},     {'2', "004043030646"},    {'3', "00404606 0343"}, {'4', "000343 4046"},
      {'5', "400003434606"},  {'6', "400006464303"},    {'7', "004046"},        {'8', "0040460600 0343"},
      {'9', "430300404606"}};
  for (const char ch : text) {
    for (const auto& [g, path] : glyphs) {
      if (g == ch) {
        for (const char* q = path; *q && q[1];) {
          if (*q == ' ') {
            ++q;
            continue;
          }
          if (q[2] && q[2] != ' ') {
            const float x0 = x + unit * (q[0] - '0'), y0 = y + unit * (q[1] - '0'), x1 = x + unit * (q[2] - '0'),
                        y1 = y + unit * (q[3] - '0'), R = 0.42f * unit;
            for (int py = max(0, int(min(y0, y1) - 3 * R)); py < min(m.height, int(max(y0, y1) + 3 * R) + 1); ++py) {
              for (int px = max(0, int(min(x0, x1) - 3 * R)); px < min(m.width, int(max(x0, x1) + 3 * R) + 1); ++px) {
                const float ex = x1 - x0, ey = y1 - y0,
                            t = clamp(((px - x0) * ex + (py - y0) * ey) / (ex * ex + ey * ey), 0.f, 1.f),
                            d = std::hypot(px - x0 - t * ex, py - y0 - t * ey);
                const Colour v = m.rgb(px, py);
                const float k = clamp(R - d + 0.5f, 0.f, 1.f), sh = 0.10f * smoothstep(3 * R, R, d);
                auto dab = [&](float q) {
                  const float in = lerp(q, ink, alpha);
                  return ink > 0.5f ? max(q * (1 - sh), k * in) : min(q, lerp(1.f, in, k));
                };
                m.set(px, py, Colour{dab(v.r), dab(v.g), dab(v.b)});
              }
            }
          }
          q += 2;
        }
      }
    }
    x += unit * 5.6f;
  }
}

void mark(Raster& m, std::string_view words) {
  const int line = min(m.width, m.height) / 20;
  const int margin = line / 2;
  const imaging::Ink ink = imaging::letter(words, line, m.width - 2 * margin);
  const int left = m.width - margin - ink.width;
  const int top = m.height - margin / 2 - line;
  for (int y = max(0, top - margin); y < m.height; ++y) {
    const float shade = 0.55f * smoothstep(float(top - margin), float(top + line / 2), float(y));
    for (int x = 0; x < m.width; ++x) {
      m.set(x, y, m.rgb(x, y) * (1 - shade));
    }
  }
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      const float cover = float(ink.cover[std::size_t(y) * std::size_t(ink.width) + std::size_t(x)]) / 255;
      const Colour below = m.rgb(left + x, top + y);
      m.set(left + x, top + y, lerp(below, Colour{1, 1, 1}, 0.92f * cover));
    }
  }
}

}  // namespace aisha::sandbox::studio
