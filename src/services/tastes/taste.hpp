// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/tastes/own_styles.hpp"

namespace aisha::services {

/// How much somebody likes a style: making it speaks for it, keeping a picture more so, throwing one away against it;
/// each half as much after thirty days.
struct StyleTaste {
  std::string style;
  double taste = 0;
};
/// From here on a style is liked; down from its opposite it is not.
inline constexpr double kLiked = 1;

/// What was done before counts no longer.
inline constexpr std::chrono::days kTasteDays{180};

/// Days from "2026-01-15" to `today`; below 0 for a later one.
std::int64_t age_in_days(std::string_view day, std::chrono::sys_days today);

/// One entry a style that was made within kTasteDays, strongest first. A day ahead of `today` (the person's may be)
/// counts as today.
std::vector<StyleTaste> tastes_of(const std::vector<stores::own_styles::OwnStyleDay>& days,
                                  std::chrono::sys_days today);

}  // namespace aisha::services
