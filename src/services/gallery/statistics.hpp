// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/uuid.hpp"

namespace aisha::services {

/// A person's own figures, as the Home card shows them.
struct GalleryFigures {
  std::int64_t pictures = 0;  ///< live ones
  std::optional<Uuid> last;   ///< the newest that can be shown
};

/// The form in which they are remembered; nullopt for a text that is not that form.
std::string write_gallery_figures(const GalleryFigures& figures);
std::optional<GalleryFigures> read_gallery_figures(std::string_view text);
inline constexpr std::uint32_t kGalleryFiguresFormat = 1;

}  // namespace aisha::services
