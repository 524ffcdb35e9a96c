// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/statistics.hpp"

#include <charconv>

namespace aisha::services {

std::string write_gallery_figures(const GalleryFigures& figures) {
  return std::to_string(figures.pictures) + " " + (figures.last ? figures.last->to_string() : std::string());
}

std::optional<GalleryFigures> read_gallery_figures(std::string_view text) {
  GalleryFigures out;
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
