// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <mutex>
#include <vips/vips8>

#include "sandbox/telegram/limits.hpp"
#include "sandbox/telegram/photos.hpp"

namespace aisha::sandbox::telegram {
namespace {

constexpr std::array kSides = {90, 320, 800, 1280, 2560};
constexpr int kQuality = 84;

void start_vips() {
  static std::once_flag once;
  std::call_once(once, [] {
    vips_init("aisha-sandbox");
    vips_cache_set_max(0);
  });
}

PhotoStep make_step(std::string_view bytes, int side) {
  auto image = vips::VImage::thumbnail_buffer(vips_blob_copy(bytes.data(), bytes.size()), side,
                                              vips::VImage::option()->set("height", side)->set("size", VIPS_SIZE_DOWN));
  if (image.has_alpha()) {
    image = image.flatten(vips::VImage::option()->set("background", 255.0));
  }
  VipsBlob* out = image.jpegsave_buffer(vips::VImage::option()->set("Q", kQuality)->set("strip", true));
  std::size_t size = 0;
  const void* data = vips_blob_get(out, &size);
  PhotoStep step{image.width(), image.height(), std::string(static_cast<const char*>(data), size)};
  vips_area_unref(VIPS_AREA(out));
  return step;
}

}  // namespace

std::optional<Photo> make_photo(std::string_view bytes) {
  start_vips();
  try {
    const auto header = vips::VImage::new_from_buffer(bytes.data(), bytes.size(), "");
    Photo photo{header.width(), header.height(), {}};
    const int longer = std::max(photo.width, photo.height);
    for (const int side : kSides) {
      photo.ladder.push_back(make_step(bytes, side));
      if (side >= longer || photo.width + photo.height > limit("photo_sides")) {
        break;
      }
    }
    return photo;
  } catch (const vips::VError&) {
    vips_error_clear();
    return std::nullopt;
  }
}

}  // namespace aisha::sandbox::telegram
