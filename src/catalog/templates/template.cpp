// SPDX-License-Identifier: Apache-2.0
#include "catalog/templates/template.hpp"

#include <array>

#include "domain/own_days.hpp"

namespace aisha::catalog {

bool is_date_of_year(std::string_view text) {
  constexpr std::array<int, 12> kDays{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto digits = [&](std::size_t at) {
    return text[at] >= '0' && text[at] <= '9' && text[at + 1] >= '0' && text[at + 1] <= '9'
               ? (text[at] - '0') * 10 + (text[at + 1] - '0')
               : 0;
  };
  if (text.size() != 5 || text[2] != '-') {
    return false;
  }
  const int month = digits(0);
  const int day = digits(3);
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[static_cast<std::size_t>(month) - 1];
}

bool Season::has(std::string_view day) const {
  constexpr std::size_t kYear = 5;  // "2026-"
  if (day.size() <= kYear) {
    return false;
  }
  const std::string_view date = day.substr(kYear);
  return from <= until ? from <= date && date <= until : from <= date || date <= until;
}

const std::string& Template::prompt_for(const domain::Avatar& avatar) const {
  if (avatar.kind == domain::AvatarKind::portrait) {
    switch (domain::gender_of(avatar)) {
      case domain::Gender::woman: return prompt_woman.empty() ? prompt : prompt_woman;
      case domain::Gender::man: return prompt_man.empty() ? prompt : prompt_man;
      case domain::Gender::unsaid: break;
    }
  }
  return prompt_for(avatar.kind);
}

bool Template::is_new(std::string_view day) const {
  constexpr std::int64_t kNewsDays = 14;
  if (since.empty() || day < since) {
    return false;
  }
  return domain::day_number(day) - domain::day_number(since) < kNewsDays;
}

}  // namespace aisha::catalog
