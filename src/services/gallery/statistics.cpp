// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/statistics.hpp"

#include <charconv>

namespace aisha::services {

std::string write_gallery_statistics(const GalleryStatistics& statistics) {
  return std::to_string(statistics.pictures) + " " + (statistics.last ? statistics.last->to_string() : std::string());
}

std::optional<GalleryStatistics> read_gallery_statistics(std::string_view text) {
  GalleryStatistics out;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, out.pictures);
  if (error != std::errc{} || out.pictures < 0 || rest == end || *rest != ' ') {
    return std::nullopt;
  }
  const std::string_view id(rest + 1, end);
  if (!id.empty()) {
    out.last = Uuid::parse(id);
    if (!out.last) {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace aisha::services
