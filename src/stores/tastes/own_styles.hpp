// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// What people did with styles, as `user_days` has it. Own prompts are no style.
namespace aisha::stores::own_styles {

struct OwnStyleDay {
  std::string day;  ///< "2026-01-15", theirs
  std::string style;
  std::int64_t pictures = 0;  ///< live ones
  std::int64_t made = 0;
  std::int64_t kept = 0;
  std::int64_t dropped = 0;
};

/// Of one person: each day from `since` on for itself, everything earlier of a style as one, under its last day.
Task<std::vector<OwnStyleDay>> of(UnitOfWork& unit, Uuid user_id, std::string since);

/// A day of somebody.
struct PersonStyleDay {
  Uuid user_id;
  OwnStyleDay what;
};
/// Where a page of everybody's days ends; the next one starts behind it.
struct Place {
  Uuid user_id;
  std::string day;
  std::string style;
};
/// Person after person, own prompts too (their style is "").
Task<std::vector<PersonStyleDay>> behind(UnitOfWork& unit, Place place, std::int64_t limit);

/// The first and the last person that have any.
struct Ends {
  Uuid first;
  Uuid last;
};
Task<std::optional<Ends>> ends(UnitOfWork& unit);

}  // namespace aisha::stores::own_styles
