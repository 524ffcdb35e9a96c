// SPDX-License-Identifier: Apache-2.0
#include "catalog/models/model_sizes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "catalog/models/model.hpp"

namespace aisha::catalog {
namespace {

constexpr std::int64_t kMegapixel = 1024 * 1024;

std::unexpected<Error> out_of_range(std::string_view field, std::string_view value,
                                    const std::vector<std::string>& allowed) {
  return fail(Errc::option_out_of_range, fmt::format("{}: {}, allowed {}", field, value, fmt::join(allowed, ", ")),
              about::Field{std::string(field)});
}

/// "3:4" as two positive numbers of at most three digits.
std::optional<std::pair<int, int>> parse_ratio(std::string_view ratio) {
  const auto colon = ratio.find(':');
  if (colon == std::string_view::npos || ratio.size() > 7) {
    return std::nullopt;
  }
  const auto number = [](std::string_view digits) {
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc() && end == digits.data() + digits.size() ? value : 0;
  };
  const int across = number(ratio.substr(0, colon));
  const int down = number(ratio.substr(colon + 1));
  return across > 0 && down > 0 ? std::optional(std::pair(across, down)) : std::nullopt;
}

int to_multiple(double side, int multiple) {
  return std::max(1, static_cast<int>(std::lround(side / multiple))) * multiple;
}

std::int64_t megapixels_of(Size size) {
  return std::max<std::int64_t>(1, (std::int64_t{size.width} * size.height + kMegapixel - 1) / kMegapixel);
}

/// At most so many megapixels, both sides multiples.
Size within(double megapixels, std::pair<int, int> ratio, int multiple) {
  const double area = megapixels * static_cast<double>(kMegapixel);
  const int width = to_multiple(std::sqrt(area * ratio.first / ratio.second), multiple);
  const int height = static_cast<int>(area / width / multiple) * multiple;
  return {width, height};
}

/// "2K" is a square of 2048.
double megapixels_of(std::string_view resolution) {
  int side = 0;
  std::from_chars(resolution.data(), resolution.data() + resolution.size(), side);
  return static_cast<double>(side) * side;
}

bool fits(const SizeRule& rule, Size size) {
  const auto [shorter, longer] = std::minmax(size.width, size.height);
  return shorter >= rule.min_side && (rule.max_side == 0 || longer <= rule.max_side) &&
         std::int64_t{size.width} * size.height >= rule.min_pixels;
}

}  // namespace

Result<Size> Model::size(std::string_view quality, std::string_view aspect_ratio) const {
  const std::string ratio(aspect_ratio.empty() ? std::string_view(sizes.ratios.front()) : aspect_ratio);
  if (std::ranges::find(sizes.ratios, ratio) == sizes.ratios.end()) {
    return out_of_range("aspect_ratio", ratio, sizes.ratios);
  }
  const Preset& preset = presets.at(resolve(quality));
  const auto sides = *parse_ratio(ratio);
  Size out;
  if (preset.long_side > 0) {
    const double unit = static_cast<double>(preset.long_side) / std::max(sides.first, sides.second);
    out = {to_multiple(unit * sides.first, sizes.multiple), to_multiple(unit * sides.second, sizes.multiple)};
  } else if (!preset.resolution.empty()) {
    out = within(megapixels_of(preset.resolution), sides, sizes.multiple);
  } else {
    out = within(preset.megapixels > 0 ? preset.megapixels : sizes.megapixels, sides, sizes.multiple);
  }
  if (!fits(sizes, out)) {
    return out_of_range("aspect_ratio", fmt::format("{} in {} is {}x{}", ratio, quality, out.width, out.height),
                        sizes.ratios);
  }
  return out;
}

std::int64_t Model::cost_micro_usd(std::string_view quality, Size output, const std::vector<Size>& inputs) const {
  std::int64_t out = price.image;
  const std::int64_t more = megapixels_of(output) - (price.first_megapixel > 0 ? 1 : 0);
  out += price.first_megapixel + price.megapixel * more;
  for (const Size picture : inputs) {
    out += price.input_megapixel * megapixels_of(picture);
  }
  const auto tier = price.tiers.find(presets.at(resolve(quality)).resolution);
  return tier == price.tiers.end() ? out : out + tier->second;
}

std::optional<std::int64_t> Model::cost_of_units(std::string_view units) const {
  double count = 0;
  const auto [end, wrong] = std::from_chars(units.data(), units.data() + units.size(), count);
  const bool is_number = wrong == std::errc() && end == units.data() + units.size() && std::isfinite(count);
  const bool by_image = price.megapixel == 0;
  const bool is_simple =
      price.first_megapixel == 0 && price.input_megapixel == 0 && price.tiers.empty() && (by_image || price.image == 0);
  if (!is_number || count <= 0 || !is_simple) {
    return std::nullopt;
  }
  return std::llround(count * static_cast<double>(by_image ? price.image : price.megapixel));
}

}  // namespace aisha::catalog
