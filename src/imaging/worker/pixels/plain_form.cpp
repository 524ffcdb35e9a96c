// SPDX-License-Identifier: Apache-2.0
#include "imaging/worker/pixels/plain_form.hpp"

#include <cstdint>
#include <vector>

namespace aisha::imaging::worker {
namespace {

/// The colours of a grid that spans all of them, as 8-bit sRGB.
std::vector<std::uint8_t> colour_grid() {
  constexpr int kSteps = 6;
  constexpr int kStep = 51;
  std::vector<std::uint8_t> out;
  for (int i = 0; i < kSteps * kSteps * kSteps; ++i) {
    for (const int level : {i % kSteps, i / kSteps % kSteps, i / kSteps / kSteps}) {
      out.push_back(static_cast<std::uint8_t>(level * kStep));
    }
  }
  return out;
}

VImage with_profile(const VImage& image, std::string_view profile) {
  VImage out = image.copy();
  // libvips only reads: the signature has no const.
  out.set(VIPS_META_ICC_NAME, nullptr, const_cast<char*>(profile.data()), profile.size());
  return out;
}

VImage to_srgb_by_profile(const VImage& image) {
  return image.icc_transform("srgb", VImage::option()->set("embedded", true)->set("depth", 8));
}

/// Whether a profile says no more than that the picture is sRGB: makers write it in many ways.
bool is_srgb(std::string_view profile) {
  constexpr double kNoEyeSees = 2;
  std::vector<std::uint8_t> grid = colour_grid();
  const VImage plain =
      VImage::new_from_memory(grid.data(), grid.size(), static_cast<int>(grid.size()) / 3, 1, 3, VIPS_FORMAT_UCHAR)
          .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
  return (to_srgb_by_profile(with_profile(plain, profile)) - plain).abs().max() <= kNoEyeSees;
}

/// ICC.1 7.2.6: what the numbers of a picture with this profile mean.
std::string_view colours_of(std::string_view profile) {
  return profile.size() < 20 ? std::string_view() : profile.substr(16, 4);
}

/// The profile that a picture carries; "" when it has none, or one for pictures of another kind. As long as the image.
std::string_view profile_of(const VImage& image) {
  if (image.get_typeof(VIPS_META_ICC_NAME) == 0) {
    return {};
  }
  std::size_t size = 0;
  const auto* data = static_cast<const char*>(image.get_blob(VIPS_META_ICC_NAME, &size));
  const std::string_view profile(data, size);
  const int colours = image.bands() - (image.has_alpha() ? 1 : 0);
  const std::string_view fitting = colours == 1 ? "GRAY" : colours == 3 ? "RGB " : "CMYK";
  return colours_of(profile) == fitting ? profile : std::string_view();
}

/// PNG 3rd edition: the depth and the kind of colour in IHDR.
bool is_plain_png(std::string_view bytes) {
  constexpr char kRgb = 2;
  constexpr char kRgba = 6;
  return bytes[24] == 8 && (bytes[25] == kRgb || bytes[25] == kRgba);
}

VImage colours_in_srgb(VImage image) {
  if (!profile_of(image).empty()) {
    try {
      return to_srgb_by_profile(image);
    } catch (const VError&) {
      vips_error_clear();
    }
  }
  image = image.copy();
  image.remove(VIPS_META_ICC_NAME);
  return image.colourspace(VIPS_INTERPRETATION_sRGB).cast(VIPS_FORMAT_UCHAR);
}

}  // namespace

bool is_plain(const VImage& image, std::string_view bytes, Format format) {
  if (image.format() != VIPS_FORMAT_UCHAR || image.interpretation() != VIPS_INTERPRETATION_sRGB || image.bands() < 3 ||
      (format == Format::png && !is_plain_png(bytes))) {
    return false;
  }
  const std::string_view profile = profile_of(image);
  return profile.empty() || is_srgb(profile);
}

VImage in_srgb(const VImage& image) {
  if (!image.has_alpha()) {
    return colours_in_srgb(image);
  }
  const int colours = image.bands() - 1;
  VImage alpha = image.extract_band(colours);
  alpha = alpha.cast(VIPS_FORMAT_UCHAR, VImage::option()->set("shift", alpha.format() == VIPS_FORMAT_USHORT));
  return colours_in_srgb(image.extract_band(0, VImage::option()->set("n", colours))).bandjoin(alpha);
}

VImage turned(VImage image, int orientation) {
  if (orientation == 1) {
    return image;
  }
  // A file is read from top to bottom only.
  image = image.copy_memory().copy();
  image.set(VIPS_META_ORIENTATION, orientation);
  return image.autorot();
}

}  // namespace aisha::imaging::worker
