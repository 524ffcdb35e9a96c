// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
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

struct Unref {
  void operator()(VipsBlob* blob) const { vips_area_unref(VIPS_AREA(blob)); }
};
/// libvips takes references of its own and leaves ours to us.
using Blob = std::unique_ptr<VipsBlob, Unref>;

PhotoStep make_step(std::string_view bytes, int side) {
  const Blob in(vips_blob_new(nullptr, bytes.data(), bytes.size()));  // no copy: `bytes` outlives the image
  auto image = vips::VImage::thumbnail_buffer(in.get(), side,
                                              vips::VImage::option()->set("height", side)->set("size", VIPS_SIZE_DOWN));
  if (image.has_alpha()) {
    image = image.flatten(vips::VImage::option()->set("background", 255.0));
  }
  const Blob out(image.jpegsave_buffer(vips::VImage::option()->set("Q", kQuality)->set("strip", true)));
  std::size_t size = 0;
  const void* data = vips_blob_get(out.get(), &size);
  PhotoStep step{image.width(), image.height(), std::string(static_cast<const char*>(data), size)};
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
