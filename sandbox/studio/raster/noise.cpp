// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/raster/noise.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace aisha::sandbox::studio {

std::uint32_t mix(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  return x ^ (x >> 16);
}

float hash(int x, int y, std::uint32_t seed) {
  const std::uint32_t column = std::uint32_t(x) * 0x9E3779B1U;
  return float(mix(column ^ mix(std::uint32_t(y) * 0x85EBCA77U + seed)) >> 8) * 0x1p-24f;
}

namespace {

struct Lattice {
  std::array<std::uint8_t, 512> order{};
  std::array<float, 256> value{};
};

Lattice make_lattice() {
  Lattice t;
  for (int i = 0; i < 256; ++i) {
    t.order[std::size_t(i)] = std::uint8_t(i);
    t.value[std::size_t(i)] = hash(i, 77, 5);
  }
  for (int i = 255; i > 0; --i) {
    std::swap(t.order[std::size_t(i)], t.order[std::size_t(hash(i, 3, 9) * float(i + 1))]);
  }
  std::copy_n(t.order.begin(), 256, t.order.begin() + 256);
  return t;
}

}  // namespace

float noise(float x, float y, std::uint32_t seed) {
  static const Lattice table = make_lattice();
  const std::uint8_t* order = table.order.data();
  const float* value = table.value.data();
  const int i = int(x) - (x < 0), j = int(y) - (y < 0);
  float u = x - float(i), v = y - float(j);
  u = u * u * (3 - 2 * u), v = v * v * (3 - 2 * v);
  const std::uint32_t k = mix(seed), a = std::uint32_t(i) + k, b = std::uint32_t(j) + (k >> 8);
  const int left = order[a & 255], right = order[(a + 1) & 255], up = int(b & 255), down = int((b + 1) & 255);
  return lerp(lerp(value[order[left + up]], value[order[right + up]], u),
              lerp(value[order[left + down]], value[order[right + down]], u), v);
}

float fbm(float x, float y, std::uint32_t seed, int octaves) {
  float sum = 0, amplitude = 0.5f, total = 0;
  for (int k = 0; k < octaves; ++k) {
    sum += amplitude * noise(x, y, seed + std::uint32_t(k));
    total += amplitude;
    // An odd factor and a shift keep the octaves' lattices apart.
    x = x * 2.03f + 7.1f, y = y * 2.03f + 3.7f, amplitude *= 0.5f;
  }
  return sum / total;
}

Grain::Grain(std::uint32_t seed) {
  Raster fine(kSide, kSide, 1), coarse(kSide, kSide, 1);
  for (int i = 0; i < kSide * kSide; ++i) {
    fine.pixels[std::size_t(i)] = hash(i, 1, seed) + hash(i, 2, seed) - 1;
    coarse.pixels[std::size_t(i)] = hash(i, 3, seed) + hash(i, 4, seed) - 1;
  }
  coarse = blur(coarse, 1.3f);
  for (std::size_t i = 0; i < tile_.pixels.size(); ++i) {
    tile_.pixels[i] = 1.2f * fine.pixels[i] + 5.0f * coarse.pixels[i];
  }
}

}  // namespace aisha::sandbox::studio
