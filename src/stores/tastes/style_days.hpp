// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// How much each style was made on a day (UTC), and by how many people. Own prompts are no style.
namespace aisha::stores::style_days {

struct StyleDay {
  std::string day;  ///< "2026-01-15"
  std::string style;
  std::int64_t people = 0;
  std::int64_t made = 0;
};

/// Counts what was finished on that day anew, removed pictures too. The same again changes nothing.
void count(UnitOfWork& unit, std::chrono::sys_days day);
/// From that day on.
Task<std::vector<StyleDay>> since(UnitOfWork& unit, std::chrono::sys_days first);
/// How many people made the newest `most` pictures in a style that were finished since `first`.
Task<std::int64_t> people_since(UnitOfWork& unit, TimePoint first, std::int64_t most);

}  // namespace aisha::stores::style_days
