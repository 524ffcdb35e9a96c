// SPDX-License-Identifier: Apache-2.0
// What a row's pictures measure and cost, as data.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace aisha::catalog {

/// How a size enters a request: a ratio by name, width and height, or a ratio and "1K", "2K".
enum class SizeStyle : std::uint8_t { aspect, image_size, resolution };
/// As files and commands write them, in the order of the enum.
inline constexpr std::array<std::string_view, 3> kSizeStyles{"aspect", "image_size", "resolution"};

constexpr std::string_view text_of(SizeStyle style) {
  return kSizeStyles[static_cast<std::size_t>(style)];
}

struct Size {
  int width = 0;
  int height = 0;
  bool operator==(const Size&) const = default;
};

struct SizeRule {
  SizeStyle style = SizeStyle::aspect;
  int multiple = 1;       ///< both sides are multiples of it
  double megapixels = 0;  ///< of presets that name neither this nor a long side
  int min_side = 0;       ///< 0 = no limit, as the next two
  int max_side = 0;
  std::int64_t min_pixels = 0;
  std::vector<std::string> ratios;  ///< accepted, the default first
};

/// Millionths of a US dollar; all are added up. A megapixel is 2^20 pixels, a started one counts.
struct PriceRule {
  std::int64_t image = 0;
  std::int64_t first_megapixel = 0;
  std::int64_t megapixel = 0;                 ///< of output; behind the first one when that has a price of its own
  std::int64_t input_megapixel = 0;           ///< of each picture sent
  std::map<std::string, std::int64_t> tiers;  ///< by resolution
};

}  // namespace aisha::catalog
