// SPDX-License-Identifier: Apache-2.0
#include "http/common/date.hpp"

#include <cstdio>
#include <string>

namespace aisha::http {

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char weekday[4]{};
  char month[4]{};
  unsigned day = 0;
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (std::sscanf(std::string(text).c_str(), "%3s, %2u %3s %4d %2d:%2d:%2d GMT", weekday, &day, month, &year, &hour,
                  &minute, &second) != 7) {
    return std::nullopt;
  }
  const auto at = kMonths.find(month);
  if (at == std::string_view::npos || at % 3 != 0) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(at / 3) + 1),
                                         std::chrono::day(day)};
  if (!date.ok()) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

}  // namespace aisha::http
