// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/wardrobe/weaves.hpp"

#include <algorithm>
#include <cmath>

#include "sandbox/studio/raster/noise.hpp"

namespace aisha::sandbox::studio {
using std::abs, std::max, std::min;

namespace {
float fr(float x) {
  return x - std::floor(x);
}
float stitch(float x, float y) {  // one column of V stitches, cell 1x1
  const float q = abs(fr(x) - 0.5f), across = (q - 0.25f) / 0.25f, along = fr(y - q * 1.1f) - 0.5f;
  return std::sqrt(max(0.f, 1 - across * across)) * (1 - 1.9f * along * along);
}

}  // namespace

Texture wool(float u, float v) {
  const float n = noise(u * 1.1f, v * 1.1f, 3) - 0.5f, t = std::sin((u + v) * 2.1f) * std::sin((u - v) * 2.1f);
  return {0.10f * t + 0.25f * n, 1 + 0.22f * n + 0.07f * t};
}
Texture cotton(float u, float v) {
  const float n = noise(u * 0.9f, v * 0.9f, 5) - 0.5f;
  return {0.08f * n, 1 + 0.05f * n};
}
Texture denim_twill(float u, float v) {
  const float t = std::sin((u + v) * 2.6f), n = noise(u * 0.7f, v * 1.6f, 7) - 0.5f,
              wash = fbm(u * 0.03f, v * 0.02f, 11, 3) - 0.5f, fleck = noise(u * 2.3f, v * 0.8f, 19);
  return {0.16f * t + 0.2f * n, 1 + 0.13f * t + 0.28f * n + 0.9f * wash + 0.5f * smoothstep(0.72f, 0.95f, fleck)};
}
Texture rib(float u, float) {
  const float f = 0.5f + 0.5f * std::sin(u * 6.2832f / 5.0f);
  return {0.9f * f, 0.82f + 0.25f * f};
}
Texture fine_rib(float u, float v) {
  const float f = 0.5f + 0.5f * std::sin(u * 6.2832f / 3.2f), n = noise(u * 0.8f, v * 1.3f, 3) - 0.5f;
  return {0.30f * f, 0.86f + 0.2f * f + 0.2f * n};
}
Texture tweed_checks(float u, float v) {  // tweed: herringbone with faint window panes
  const float z = fr(u / 9) < 0.5f ? u : -u, h = std::sin((v + z) * 1.9f), n = noise(u * 1.3f, v * 1.3f, 3) - 0.5f,
              fleck = noise(u * 0.8f, v * 0.8f, 29),
              pane = max(std::exp(-std::pow((fr(u / 38) - 0.5f) * 38, 2.f)),
                         std::exp(-std::pow((fr(v / 44) - 0.5f) * 44, 2.f)));
  return {0.2f * h + 0.4f * n, 0.92f + 0.20f * h + 0.5f * n + 0.5f * smoothstep(0.75f, 0.95f, fleck) - 0.35f * pane};
}
Texture knit(float u, float v) {
  const float s = stitch(u / 6.4f, v / 5.2f), n = noise(u * 1.2f, v * 1.2f, 3) - 0.5f;
  return {0.9f * s + 0.25f * n, 0.74f + 0.32f * s + 0.12f * n};
}
Texture cable_knit(float u, float v) {  // chunky: cables, ridges and moss between
  const float pitch = 56, c = fr(u / pitch + 0.5f) * pitch - pitch / 2, n = noise(u * 1.1f, v * 1.1f, 3) - 0.5f;
  float h = 0, s = 0;
  if (abs(c) < 16) {
    const float ph = v * 6.2832f / 46;
    for (int i = 0; i < 2; ++i) {
      const float off = c - (i ? -6.5f : 6.5f) * std::sin(ph), front = 0.5f + (i ? -0.5f : 0.5f) * std::cos(ph),
                  q = off / 7.5f;
      const float z = q * q < 1 ? std::sqrt(1 - q * q) * 3.4f + 1.6f * front : 0;
      if (z > h)
        h = z, s = stitch(off / 5.0f, v / 4.8f - 0.12f * off * std::cos(ph) * (i ? -1 : 1));
    }
    h -= 0.6f;
  } else if (abs(abs(c) - 20) < 2.4f) {
    const float q = (abs(c) - 20) / 2.4f;
    h = 1.6f * std::sqrt(max(0.f, 1 - q * q)), s = 0.5f + 0.5f * std::sin(v * 1.5f);
  } else {
    s = 0.5f + 0.5f * std::sin(u * 1.25f + 3.14f * std::floor(v / 3.4f)) * std::cos(v * 6.2832f / 6.8f), h = 0.2f * s;
  }
  return {h + 0.55f * s + 0.25f * n, 0.70f + 0.05f * min(h, 4.f) + 0.20f * s + 0.10f * n};
}
Texture velvet(float u, float v) {
  const float n = noise(u * 1.4f, v * 1.4f, 3) - 0.5f, m = fbm(u * 0.05f, v * 0.03f, 31, 3) - 0.5f;
  return {0.22f * n, 1 + 0.18f * n + 0.55f * m};
}
Texture leather(float u, float v) {
  const float n = fbm(u * 0.35f, v * 0.35f, 13, 3) - 0.5f;
  return {1.1f * n, 1 + 0.35f * n};
}
Texture linen(float u, float v) {
  const float a = noise(u * 0.25f, v * 2.2f, 3) - 0.5f, b = noise(u * 2.2f, v * 0.25f, 4) - 0.5f;
  return {0.18f * (a + b), 1 + 0.12f * (a + b)};
}
Texture mail(float u, float v) {  // rings
  const float y = v / 3.4f, x = u / 4.2f + 0.5f * float(int(std::floor(y)) & 1), fx = fr(x) - 0.5f, fy = fr(y) - 0.5f,
              d = std::hypot(fx * 1.15f, fy) - 0.34f, h = std::exp(-d * d * 60);
  return {1.3f * h, 0.25f + 0.9f * h};
}
Texture hammered(float u, float v) {
  const float n = fbm(u * 0.06f, v * 0.06f, 17, 3) - 0.5f, s = noise(u * 0.12f, v * 1.6f, 23) - 0.5f;
  return {1.3f * n, 1 + 0.10f * s + 0.2f * n};
}
Texture brocade(float u, float v) {  // a lattice of ogees with a flower in each
  const float fx = fr(u / 40) - 0.5f, fy = fr(v / 62) - 0.5f,
              og = abs(abs(fx) - 0.25f - 0.25f * std::cos(6.2832f * fy)) / (1 + 1.2f * abs(std::sin(6.2832f * fy)));
  const bool odd = fx * fx + fy * fy > 0.25f;  // a flower in the middle and one on the corners
  const float px = odd ? abs(fx) - 0.5f : fx, py = (odd ? abs(fy) - 0.5f : fy) * 1.5f, r = std::hypot(px, py),
              fl = r - 0.17f - 0.06f * std::cos(6 * std::atan2(py, px));
  const float on =
      max(smoothstep(0.055f, 0.02f, og), max(smoothstep(0.02f, -0.02f, abs(fl) - 0.02f), smoothstep(0.06f, 0.03f, r)));
  return {0.5f * on + 0.15f * noise(u * 2, v * 2, 3),
          lerp(0.55f, 1.7f, on) * (0.9f + 0.2f * noise(u * 1.7f, v * 1.7f, 4))};
}
Texture hexagons(float u, float v) {  // superhero mesh
  const float x = u / 4.6f, y = v / 4.0f, fx = fr(x + 0.5f * float(int(std::floor(y)) & 1)) - 0.5f, fy = fr(y) - 0.5f,
              d = max(abs(fx) * 0.9f + abs(fy) * 0.5f, abs(fy));
  const float h = smoothstep(0.5f, 0.3f, d);
  return {0.5f * h, 0.72f + 0.3f * h};
}
Texture tech(float u, float v) {
  const float t = std::sin(u * 2.9f) * std::sin(v * 2.9f), n = noise(u, v, 3) - 0.5f;
  return {0.08f * t + 0.1f * n, 1 + 0.08f * t + 0.18f * n};
}
Texture fur(float u, float v) {  // short hair falling downwards
  const float w = 6 * (noise(u * 0.05f, v * 0.05f, 41) - 0.5f), a = noise(u * 0.85f + w, v * 0.17f, 42) - 0.5f,
              b = noise(u * 1.9f + 2 * w, v * 0.32f, 43) - 0.5f,
              clump = fbm(u * 0.09f + 0.3f * w, v * 0.05f, 44, 3) - 0.5f;
  return {2.4f * a + 1.0f * b + 5.0f * clump, 1 + 0.22f * a + 0.16f * b + 0.30f * clump};
}

Texture stripes(float u, float v) {
  Texture t = cotton(u, v);
  if (fr(v / 17 - 0.0006f * u * u / 17) < 0.36f)
    t.tone *= 0.10f;
  return t;
}

}  // namespace aisha::sandbox::studio
