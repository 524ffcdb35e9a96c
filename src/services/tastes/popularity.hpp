// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stores/tastes/style_days.hpp"

namespace aisha::services {

/// A style's place among all. Nobody counts more than once a day and style, so that nobody pushes one alone.
struct StylePopularity {
  std::string style;
  double score = 0;         ///< people of thirty days, each day half as much as ten days later
  std::int64_t people = 0;  ///< of the same days, added up
  double rising = 0;        ///< how clearly it grew this week; 0 = it did not
};

/// What was liked lately, by score.
struct Popularity {
  std::int64_t computed_at = 0;  ///< ms since 1970
  bool counts = false;           ///< there is enough to go by: kPicturesToCount of kPeopleToCount
  std::vector<StylePopularity> styles;
};

inline constexpr std::chrono::days kPopularDays{30};
/// With what a week is compared: the four before it.
inline constexpr std::chrono::days kRisingDays{35};
inline constexpr std::int64_t kPicturesToCount = 50;
inline constexpr std::int64_t kPeopleToCount = 10;

/// Of days up to `today`; later ones and those before kRisingDays are left out.
std::vector<StylePopularity> rank_styles(const std::vector<stores::style_days::StyleDay>& days,
                                         std::chrono::sys_days today);

/// The form in which it is remembered; nullopt for a text that is not that form.
std::string write_popularity(const Popularity& popularity);
std::optional<Popularity> read_popularity(std::string_view text);
inline constexpr std::uint32_t kPopularityFormat = 1;

}  // namespace aisha::services
