// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/upkeep/audit.hpp"

/// The pages that ask about what is counted and kept for a person.
namespace aisha::stores::audit {

/// The columns of `user_days` that follow from rows: the rest says how long pictures took, which not all of them tell.
inline constexpr std::array<std::string_view, 5> kCounters{"pictures", "made", "kept", "dropped", "spent"};
using Counters = std::array<std::int64_t, kCounters.size()>;

/// A row of `user_days`, or one that is not there, that says something else than the rows it counts.
struct Miscount {
  Uuid user_id;
  std::string local_day;
  std::string style;
  Counters counted{};
  Counters rows{};

  bool operator==(const Miscount&) const = default;
};
/// "person ... 2026-01-15 "noir": made 4, not 3"; only what differs.
std::string sentence_of(const Miscount& miscount);

/// Of people by id: those after the one up to which all have been looked at.
struct Miscounts {
  std::vector<Miscount> found;
  std::int64_t rows = 0;  ///< of `user_days`
  Uuid last;              ///< that was looked at now
  bool is_end = false;
};
/// A person's rows lie on one page; it ends with the person who has the `limit`th row of a table. Those who are being
/// erased are left out: what counts and what is counted do not go at once.
Task<Miscounts> miscounts_after(UnitOfWork& unit, Uuid after, std::int64_t limit);

/// I14 to I17 of a stretch of people.
Task<Page> look_at_people(UnitOfWork& unit, const Rules& rules, Mark mark);

}  // namespace aisha::stores::audit
