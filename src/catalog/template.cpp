// SPDX-License-Identifier: Apache-2.0
#include "catalog/template.hpp"

#include "domain/own_days.hpp"

namespace aisha::catalog {

bool Season::has(std::string_view day) const {
  constexpr std::size_t kYear = 5;  // "2026-"
  if (day.size() <= kYear) {
    return false;
  }
  const std::string_view date = day.substr(kYear);
  return from <= until ? from <= date && date <= until : from <= date || date <= until;
}

bool Template::is_new(std::string_view day) const {
  constexpr std::int64_t kNewsDays = 14;
  if (since.empty() || day < since) {
    return false;
  }
  return domain::day_number(day) - domain::day_number(since) < kNewsDays;
}

}  // namespace aisha::catalog
