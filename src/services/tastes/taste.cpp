// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/taste.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <tuple>

namespace aisha::services {
namespace {

constexpr double kHalfLife = 30;  // days
constexpr double kKept = 3;
constexpr double kDropped = 2;

template <class T>
T number(std::string_view text) {
  T out{};
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

double taste_of(double points) {
  return std::copysign(std::log2(1 + std::abs(points)), points);
}

}  // namespace

std::int64_t age_in_days(std::string_view day, std::chrono::sys_days today) {
  if (day.size() != std::string_view("2026-01-15").size()) {
    return -1;
  }
  const std::chrono::year_month_day date{std::chrono::year(number<int>(day.substr(0, 4))),
                                         std::chrono::month(number<unsigned>(day.substr(5, 2))),
                                         std::chrono::day(number<unsigned>(day.substr(8, 2)))};
  return (today - std::chrono::sys_days(date)).count();
}

std::vector<StyleTaste> tastes_of(const std::vector<stores::own_styles::OwnStyleDay>& days,
                                  std::chrono::sys_days today) {
  std::map<std::string_view, double> points;
  for (const auto& one : days) {
    const std::int64_t age = std::max<std::int64_t>(age_in_days(one.day, today), 0);
    if (age >= kTasteDays.count()) {
      continue;
    }
    const double done = static_cast<double>(one.made) + kKept * static_cast<double>(one.kept) -
                        kDropped * static_cast<double>(one.dropped);
    points[one.style] += done * std::exp2(-static_cast<double>(age) / kHalfLife);
  }
  std::vector<StyleTaste> out;
  out.reserve(points.size());
  for (const auto& [style, sum] : points) {
    out.push_back({std::string(style), taste_of(sum)});
  }
  std::ranges::sort(out, [](const StyleTaste& a, const StyleTaste& b) {
    return std::tie(b.taste, a.style) < std::tie(a.taste, b.style);
  });
  return out;
}

}  // namespace aisha::services
