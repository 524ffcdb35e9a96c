// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>

#include "sandbox/studio/raster/raster.hpp"

namespace aisha::sandbox::studio {

std::uint32_t mix(std::uint32_t x);
/// Uniform in [0, 1) for a lattice point.
float hash(int x, int y, std::uint32_t seed);
/// Value noise in [0, 1], period 256.
float noise(float x, float y, std::uint32_t seed);
/// Octaves of `noise`, in [0, 1].
float fbm(float x, float y, std::uint32_t seed, int octaves = 4);

/// Draw into named values, one a statement: the order of function arguments is the compiler's choice, and with it the
/// picture would be.
struct Dice {
  std::uint32_t state;

  float operator()() {
    state += 0x9E3779B9U;
    return float(mix(state) >> 8) * 0x1p-24f;
  }
  float operator()(float a, float b) { return a + (b - a) * (*this)(); }
  template <std::size_t N>
  Colour pick(const std::uint32_t (&colours)[N]) {
    return from_hex(colours[std::size_t((*this)() * N) % N]);
  }
};

/// A tile of film-like noise: mean 0, deviation about 1.
class Grain {
 public:
  explicit Grain(std::uint32_t seed);
  float at(int x, int y) const {
    return tile_.pixels[std::size_t(y & (kSide - 1)) * kSide + std::size_t(x & (kSide - 1))];
  }

 private:
  static constexpr int kSide = 512;
  Raster tile_{kSide, kSide, 1};
};

}  // namespace aisha::sandbox::studio
