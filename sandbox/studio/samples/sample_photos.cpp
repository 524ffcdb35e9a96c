// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <vips/vips8>

#include "sandbox/studio/samples/sample_photos.hpp"

namespace aisha::sandbox::studio {
namespace {

using vips::VImage;

constexpr int kLongSide = 1024;
constexpr int kQuality = 90;
// The middle of the face in the demo's portrait, and of the ground on which it is turned.
constexpr int kFaceX = 222;
constexpr int kFaceY = 118;
constexpr int kGround = 1200;

/// A window onto the portrait; its middle by how far it is from the face's.
struct Shot {
  int right = 0;
  int down = 0;
  int width = 0;
  int height = 0;
  bool is_mirrored = false;
  double degrees = 0;
  double exposure = 1;
};

constexpr std::array<Shot, kSamplePhotos> kShots = {{
    {.right = 30, .down = 134, .width = 500, .height = 500},
    {.right = 0, .down = 10, .width = 210, .height = 230},
    {.right = -30, .down = 60, .width = 330, .height = 340, .is_mirrored = true, .exposure = 0.75},
    {.right = 10, .down = 80, .width = 300, .height = 390, .degrees = 8},
    {.right = 60, .down = 40, .width = 430, .height = 300, .degrees = -3, .exposure = 1.2},
    {.right = 0, .down = 5, .width = 170, .height = 220, .is_mirrored = true, .degrees = -8},
    {.right = -60, .down = 90, .width = 300, .height = 400, .degrees = -6, .exposure = 0.85},
    {.right = 90, .down = 100, .width = 400, .height = 420, .is_mirrored = true, .degrees = 4},
    {.right = 25, .down = 25, .width = 240, .height = 240, .degrees = 7, .exposure = 1.25},
    {.right = -20, .down = 20, .width = 300, .height = 240, .is_mirrored = true, .degrees = 3},
    {.right = -35, .down = 15, .width = 200, .height = 250, .degrees = -8, .exposure = 0.7},
    {.right = 45, .down = 140, .width = 330, .height = 460, .is_mirrored = true, .degrees = -5, .exposure = 1.1},
}};

bool start_vips() {
  static std::once_flag once;
  static bool started = false;
  std::call_once(once, [] { started = vips_init("aisha-sandbox") == 0; });
  return started;
}

struct Unref {
  void operator()(VipsBlob* blob) const { vips_area_unref(VIPS_AREA(blob)); }
};
/// libvips takes references of its own and leaves ours to us.
using Blob = std::unique_ptr<VipsBlob, Unref>;

std::string take(const VImage& portrait, const Shot& shot) {
  // Edges go on as they end, so that a turn leaves no black corners.
  const VImage ground = portrait.embed(kGround / 2 - kFaceX, kGround / 2 - kFaceY, kGround, kGround,
                                       VImage::option()->set("extend", VIPS_EXTEND_COPY));
  const VImage turned =
      shot.degrees == 0 ? ground : ground.similarity(VImage::option()->set("angle", shot.degrees)).copy_memory();
  const int left = turned.width() / 2 + shot.right - shot.width / 2;
  const int top = turned.height() / 2 + shot.down - shot.height / 2;
  VImage out = turned.extract_area(left, top, shot.width, shot.height);
  if (shot.is_mirrored) {
    out = out.flip(VIPS_DIRECTION_HORIZONTAL);
  }
  out = out.resize(static_cast<double>(kLongSide) / std::max(shot.width, shot.height));
  out = out.linear(shot.exposure, 0.0).cast(VIPS_FORMAT_UCHAR);
  const Blob jpeg(out.jpegsave_buffer(VImage::option()->set("Q", kQuality)->set("strip", true)));
  std::size_t size = 0;
  const void* data = vips_blob_get(jpeg.get(), &size);
  return {static_cast<const char*>(data), size};
}

}  // namespace

std::vector<std::string> make_sample_photos(std::string_view portrait) {
  std::vector<std::string> out;
  if (!start_vips()) {
    return out;
  }
  try {
    const VImage image = VImage::new_from_buffer(portrait.data(), portrait.size(), "")
                             .colourspace(VIPS_INTERPRETATION_sRGB)
                             .copy_memory();
    for (const Shot& shot : kShots) {
      out.push_back(take(image, shot));
    }
  } catch (const vips::VError&) {
    vips_error_clear();
    out.clear();
  }
  return out;
}

}  // namespace aisha::sandbox::studio
