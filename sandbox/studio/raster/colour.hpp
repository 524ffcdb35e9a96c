// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace aisha::sandbox::studio {

/// Linear light without an upper end while a scene is lit; display values 0..1 after it is developed.
struct Colour {
  float r = 0, g = 0, b = 0;

  Colour operator+(Colour o) const { return {r + o.r, g + o.g, b + o.b}; }
  Colour operator*(Colour o) const { return {r * o.r, g * o.g, b * o.b}; }
  Colour operator*(float k) const { return {r * k, g * k, b * k}; }
  Colour& operator+=(Colour o) { return *this = *this + o; }
};

inline float luma(Colour c) {
  return 0.2126f * c.r + 0.7152f * c.g + 0.0722f * c.b;
}
inline float lerp(float a, float b, float t) {
  return a + (b - a) * t;
}
inline Colour lerp(Colour a, Colour b, float t) {
  return a * (1 - t) + b * t;
}

/// 0 at `a`, 1 at `b`, with flat ends; `a` may be greater than `b`.
inline float smoothstep(float a, float b, float x) {
  x = std::clamp((x - a) / (b - a), 0.f, 1.f);
  return x * x * (3 - 2 * x);
}

/// sRGB display value to linear light and back, by polynomials that are within 1/500 of the standard's curve.
inline float to_linear(float x) {
  return x * (x * (x * 0.305306011f + 0.682171111f) + 0.012522878f);
}
inline float to_display(float x) {
  x = std::max(x, 0.f);
  const float a = std::sqrt(x), b = std::sqrt(a), c = std::sqrt(b);
  return std::max(0.f, 0.662002687f * a + 0.684122060f * b - 0.323583601f * c - 0.0225411470f * x);
}

/// 0xRRGGBB as seen on a display, in linear light times `gain`.
inline Colour from_hex(std::uint32_t value, float gain = 1) {
  const auto channel = [&](int shift) { return gain * to_linear(float((value >> shift) & 255U) / 255.f); };
  return {channel(16), channel(8), channel(0)};
}

}  // namespace aisha::sandbox::studio
