// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/own_days.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What a person has, as they leaf through it: live pictures only, by (local_day, id), counted in `user_days`. One
/// statement a verb.
namespace aisha::stores::own_pages {

/// Of the newest day up to `day` that has pictures, else of the oldest one behind it.
Task<domain::OwnDay> day(UnitOfWork& unit, Uuid owner, std::string day);

/// `day` as above, with a page of it; behind the last picture it is the last full page.
Task<domain::DayPage> page(UnitOfWork& unit, Uuid owner, std::string day, domain::PageStart from, std::int64_t limit);

/// The newest month up to `month` ("2026-01") that has pictures, else the oldest one behind it.
Task<domain::OwnMonth> month(UnitOfWork& unit, Uuid owner, std::string month);

/// A ready picture of the owner in its place, in the trash or not; nothing when it is absent, another's or purged. One
/// in the trash has the neighbours of where it stood; one that was never in the order has none.
Task<std::optional<domain::OwnPlace>> picture(UnitOfWork& unit, Uuid owner, Uuid id, domain::OwnOrder order);

/// How many of the owner's lie in the trash.
Task<std::int64_t> count_removed(UnitOfWork& unit, Uuid owner);

/// One that can be drawn on a sheet.
struct Cell {
  Uuid id;
  TimePoint created_at;
};
inline constexpr std::size_t kMostCells = 9;
/// Those of `ids` that are the owner's, ready and have a looked-at object; in the trash when `removed`, else live. At
/// most `kMostCells`, in any order.
Task<std::vector<Cell>> cells(UnitOfWork& unit, Uuid owner, std::vector<Uuid> ids, bool removed);

}  // namespace aisha::stores::own_pages
