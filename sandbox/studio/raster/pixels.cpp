// SPDX-License-Identifier: Apache-2.0
#include "sandbox/studio/raster/pixels.hpp"

#include <vips/vips8>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace aisha::sandbox::studio {

using vips::VError;
using vips::VImage;

namespace {

void start_vips() {
  static const bool started = [] {
    if (VIPS_INIT("aisha-sandbox") != 0) {
      return false;
    }
    vips_concurrency_set(1);  // pictures are the unit of parallel work
    vips_cache_set_max(0);    // no input comes twice
    return true;
  }();
  if (!started) {
    throw std::runtime_error("libvips does not start");
  }
}

Raster to_raster(const VImage& source) {
  const VImage v = source.cast(VIPS_FORMAT_FLOAT);
  std::size_t bytes = 0;
  auto* data = static_cast<float*>(v.write_to_memory(&bytes));
  Raster out(0, 0, v.bands());
  out.width = v.width(), out.height = v.height();
  out.pixels.assign(data, data + bytes / sizeof(float));
  g_free(data);
  return out;
}

}  // namespace

std::optional<Raster> decode_photo(std::string_view bytes, int longest) {
  start_vips();
  try {
    VImage v = VImage::new_from_buffer(bytes.data(), bytes.size(), "").autorot();
    v = v.colourspace(VIPS_INTERPRETATION_sRGB);
    if (v.has_alpha()) {
      v = v.flatten();
    }
    if (const int longer = std::max(v.width(), v.height()); longer > longest) {
      v = v.resize(double(longest) / longer);
    }
    return to_raster(v.linear(1 / 255.0, 0));
  } catch (const VError&) {
    return std::nullopt;
  }
}

std::optional<Raster> decode_mask(std::string_view bytes, int width, int height) {
  start_vips();
  try {
    VImage v = VImage::new_from_buffer(bytes.data(), bytes.size(), "").extract_band(0);
    v = v.resize(double(width) / v.width(), VImage::option()->set("vscale", double(height) / v.height()));
    if (v.width() != width || v.height() != height) {
      v = v.embed(0, 0, width, height, VImage::option()->set("extend", VIPS_EXTEND_COPY));
    }
    return to_raster(v.linear(1 / 255.0, 0));
  } catch (const VError&) {
    return std::nullopt;
  }
}

Raster window(const Raster& m, const Frame& frame, int width, int height) {
  start_vips();
  const int x = int(std::lround(frame.x0)), y = int(std::lround(frame.y0));
  const int w = std::max(8, int(std::lround(frame.width))), h = std::max(8, int(std::lround(frame.height)));
  const auto extend = [] { return VImage::option()->set("extend", VIPS_EXTEND_COPY); };
  VImage v = VImage::new_from_memory(const_cast<float*>(m.pixels.data()), m.pixels.size() * sizeof(float), m.width,
                                     m.height, m.channels, VIPS_FORMAT_FLOAT);
  v = v.embed(-x, -y, w, h, extend());
  v = v.resize(double(width) / w,
               VImage::option()->set("vscale", double(height) / h)->set("kernel", VIPS_KERNEL_LANCZOS3));
  if (v.width() != width || v.height() != height) {
    v = v.embed(0, 0, width, height, extend());
  }
  return to_raster(v);
}

std::string encode(const Raster& m, Format format) {
  start_vips();
  std::vector<std::uint8_t> bytes(m.pixels.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = std::uint8_t(std::lround(std::clamp(m.pixels[i], 0.f, 1.f) * 255));
  }
  const VImage v = VImage::new_from_memory(bytes.data(), bytes.size(), m.width, m.height, m.channels, VIPS_FORMAT_UCHAR)
                       .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
  void* data = nullptr;
  std::size_t size = 0;
  v.write_to_buffer(format == Format::jpeg ? ".jpg[Q=92,strip]" : ".png[compression=4,strip]", &data, &size);
  std::string out(static_cast<const char*>(data), size);
  g_free(data);
  return out;
}

}  // namespace aisha::sandbox::studio
