// SPDX-License-Identifier: Apache-2.0
#include "domain/own_days.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace aisha::domain {
namespace {

constexpr std::int64_t kFirstYear = 1970;
constexpr std::int64_t kLastYear = 9999;
constexpr std::int64_t kLastDay = 2'932'896;  // 9999-12-31

std::int64_t digits(std::string_view text) {
  std::int64_t n = 0;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

}  // namespace

std::string day_text(std::int64_t number) {
  const std::chrono::days days(std::clamp<std::int64_t>(number, 0, kLastDay));
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::int64_t day_number(std::string_view day) {
  if (day.size() != 10) {
    return 0;
  }
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(digits(day.substr(0, 4)))),
                                         std::chrono::month(static_cast<unsigned>(digits(day.substr(5, 2)))),
                                         std::chrono::day(static_cast<unsigned>(digits(day.substr(8, 2))))};
  return date.ok() ? std::chrono::sys_days(date).time_since_epoch().count() : 0;
}

std::string month_text(std::int64_t number) {
  const std::int64_t within = std::clamp<std::int64_t>(number, kFirstYear * 12, kLastYear * 12 + 11);
  return fmt::format("{:04}-{:02}", within / 12, within % 12 + 1);
}

std::int64_t month_number(std::string_view month) {
  return month.size() < 7 ? kFirstYear * 12 : digits(month.substr(0, 4)) * 12 + digits(month.substr(5, 2)) - 1;
}

}  // namespace aisha::domain
