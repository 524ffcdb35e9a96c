// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/uuid.hpp"

namespace aisha::services {

/// A person's own numbers, as the Home card shows them.
struct GalleryStatistics {
  std::int64_t pictures = 0;  ///< live ones
  std::optional<Uuid> last;   ///< the newest that can be shown
};

/// The form in which they are remembered; nullopt for a text that is not that form.
std::string write_gallery_statistics(const GalleryStatistics& statistics);
std::optional<GalleryStatistics> read_gallery_statistics(std::string_view text);
inline constexpr std::uint32_t kGalleryStatisticsFormat = 1;

}  // namespace aisha::services
