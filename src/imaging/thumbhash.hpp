// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace aisha::imaging {

/// A placeholder of at most 25 bytes in the ThumbHash format (evanw/thumbhash): average colour, ratio and the lowest
/// cosine terms of brightness and two colour differences. `rgba` holds width*height*4 bytes, sides of 1 to 100 pixels.
std::string thumbhash(std::span<const std::uint8_t> rgba, int width, int height);

}  // namespace aisha::imaging
