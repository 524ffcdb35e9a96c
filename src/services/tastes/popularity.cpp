// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/popularity.hpp"

#include <algorithm>
#include <boost/describe/class.hpp>
#include <cmath>
#include <map>
#include <tuple>

#include "base/json.hpp"
#include "services/tastes/taste.hpp"

namespace aisha::services {

BOOST_DESCRIBE_STRUCT(StylePopularity, (), (style, score, people, rising))
BOOST_DESCRIBE_STRUCT(Popularity, (), (computed_at, counts, styles))

namespace {

constexpr double kHalfLife = 10;  // days
constexpr std::int64_t kWeek = 7;
constexpr double kWeeksBefore = 4;
constexpr std::int64_t kLeastRising = 10;
constexpr double kClearly = 2;

struct Weeks {
  std::int64_t last = 0;
  std::int64_t before = 0;
};

double rising_of(const Weeks& weeks) {
  const auto x = static_cast<double>(weeks.last);
  const double b = static_cast<double>(weeks.before) / kWeeksBefore;
  const double by = (x - b) / std::sqrt(b + 1);
  return weeks.last >= kLeastRising && by >= kClearly ? by : 0;
}

}  // namespace

std::vector<StylePopularity> rank_styles(const std::vector<stores::style_days::StyleDay>& days,
                                         std::chrono::sys_days today) {
  std::map<std::string, std::pair<StylePopularity, Weeks>> styles;
  for (const auto& one : days) {
    const std::int64_t age = age_in_days(one.day, today);
    if (age < 0 || age > kRisingDays.count()) {
      continue;
    }
    auto& [sum, weeks] = styles[one.style];
    if (age < kPopularDays.count()) {
      sum.people += one.people;
      sum.score += static_cast<double>(one.people) * std::exp2(-static_cast<double>(age) / kHalfLife);
    }
    // Full days only: today's count is still growing.
    if (age >= 1) {
      (age <= kWeek ? weeks.last : weeks.before) += one.people;
    }
  }
  std::vector<StylePopularity> out;
  for (auto& [style, sum] : styles) {
    sum.first.style = style;
    sum.first.rising = rising_of(sum.second);
    if (sum.first.people > 0) {
      out.push_back(std::move(sum.first));
    }
  }
  std::ranges::sort(out, [](const StylePopularity& a, const StylePopularity& b) {
    return std::tie(b.score, a.style) < std::tie(a.score, b.style);
  });
  return out;
}

std::string write_popularity(const Popularity& popularity) {
  return json::encode_text(popularity);
}

std::optional<Popularity> read_popularity(std::string_view text) {
  auto read = json::decode<Popularity>(text);
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

}  // namespace aisha::services
