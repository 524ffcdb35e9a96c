// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "stores/unit/sql_text.hpp"
#include "stores/unit/unit_of_work.hpp"

/// What inbox and outbox share: a table whose open rows stand in lanes, each lane worked from its head, one row at a
/// time. Only a head has `due_at`: when it may be claimed or, once claimed, when its lease is over; those behind it
/// have NULL. So what is due, and when the next will be, is one probe of an index however many rows wait.
/// - Who adds a row looks for an open row of the lane with `/*share*/`, and gives `due_at` only when there is none. The
///   lock lasts until its commit: the row that was found ends later, and its `promote` sees the new one.
/// - What ends a row adds `promote` behind it in the same unit.
namespace aisha::stores::lane_queue {

/// The statements of one queue; `$2` is the time now in all that have it.
struct Texts {
  sql::Text claim;     ///< $1 end of the lease, $3 at most so many, from $4 on the table's own
  sql::Text next_due;  ///< of the head that is due first; no row = nothing waits
  sql::Text promote;   ///< $1 lane
  sql::Text headless;  ///< lanes that have open rows and no head
  sql::Text mend;      ///< as promote, where there is no head
  sql::Text backlog;
  sql::Text sweep;  ///< $1 before, $2 at most so many
};

/// Of a table described by literals: `kTable`; `kKey`, its columns; `kId`, the one that a claim names; `kOrder`, the
/// column that orders a lane; `kOpen`, what is true of open rows alone; `kTaken`, what a claim sets besides; `kScope`
/// and `kInnerScope`, which rows it chooses from ("... AND " or ""); `kReturning`; `kNext`, columns of `next_due`;
/// `kPromoted`, the `due_at` of a new head; `kSince`, the time that a row is as old as; `kOver`, finished rows that may
/// go, and `kOverSince`, since when.
template <class Table>
consteval Texts texts();

/// The lane goes on: its first open row becomes the head unless it is one. Behind the write that ended the head.
void promote(UnitOfWork& unit, const Texts& texts, std::int64_t lane);
/// Whether a row became a head by the unit's commit.
bool has_promoted(const UnitOfWork& unit);

/// Gives lanes without a head theirs, at most 100, and says how many there were: always 0, or somebody wrote past
/// `promote`. A scan. Durable at once.
Task<std::int64_t> mend(UnitOfWork& unit, const Texts& texts);

struct Backlog {
  std::int64_t waiting = 0;         ///< nobody counts past 10,001: "over 10,000"
  std::optional<TimePoint> oldest;  ///< of those heads that are due first
};
Task<Backlog> backlog(UnitOfWork& unit, const Texts& texts);

/// Deletes up to `limit` rows finished before `before`; how many there were. Durable at once.
Task<std::int64_t> sweep(UnitOfWork& unit, const Texts& texts, TimePoint before, std::int64_t limit);

namespace text {

template <class T>
inline constexpr auto kClaim =
    joined("UPDATE ", T::kTable, " SET due_at = $1, lease_epoch = lease_epoch + 1, attempts = attempts + 1, ",
           T::kTaken, " WHERE ", T::kScope, T::kId, " IN (SELECT i.", T::kId, " FROM ", T::kTable, " i WHERE ",
           T::kInnerScope, T::kOpen, " AND due_at <= $2 AND NOT EXISTS (SELECT 1 FROM ", T::kTable,
           " p WHERE p.lane = i.lane AND ", T::kOpen, " AND p.due_at IS NOT NULL AND p.", T::kOrder, " < i.", T::kOrder,
           ") ORDER BY due_at, ", T::kId, " LIMIT $3 /*skip locked*/) RETURNING ", T::kReturning);

template <class T>
inline constexpr auto kNextDue = joined("SELECT ", T::kNext, " FROM ", T::kTable, " WHERE ", T::kOpen,
                                        " AND due_at IS NOT NULL ORDER BY due_at LIMIT 1");

template <class T>
inline constexpr auto kPromote = joined("UPDATE ", T::kTable, " SET due_at = ", T::kPromoted, " WHERE (", T::kKey,
                                        ") = (SELECT ", T::kKey, " FROM ", T::kTable, " WHERE lane = $1 AND ", T::kOpen,
                                        " ORDER BY ", T::kOrder, " LIMIT 1) AND due_at IS NULL RETURNING lane");

template <class T>
inline constexpr auto kMend = joined(
    "UPDATE ", T::kTable, " SET due_at = ", T::kPromoted, " WHERE (", T::kKey, ") = (SELECT ", T::kKey, " FROM ",
    T::kTable, " WHERE lane = $1 AND ", T::kOpen, " ORDER BY ", T::kOrder, " LIMIT 1) AND NOT EXISTS (SELECT 1 FROM ",
    T::kTable, " h WHERE h.lane = $1 AND ", T::kOpen, " AND h.due_at IS NOT NULL) RETURNING lane");

template <class T>
inline constexpr auto kHeadless =
    joined("SELECT DISTINCT o.lane FROM ", T::kTable, " o WHERE ", T::kOpen,
           " AND o.due_at IS NULL AND NOT EXISTS (SELECT 1 FROM ", T::kTable, " h WHERE h.lane = o.lane AND ", T::kOpen,
           " AND h.due_at IS NOT NULL) LIMIT 100");

template <class T>
inline constexpr auto kBacklog =
    joined("SELECT (SELECT count(*) FROM (SELECT 1 FROM ", T::kTable, " WHERE ", T::kOpen,
           " LIMIT 10001) n), (SELECT min(", T::kSince, ") FROM (SELECT ", T::kSince, " FROM ", T::kTable, " WHERE ",
           T::kOpen, " AND due_at IS NOT NULL ORDER BY due_at LIMIT 10001) o)");

// Locked as they are found: two processes that sweep at once take different rows.
template <class T>
inline constexpr auto kSweep =
    joined("WITH old AS (SELECT ", T::kKey, " FROM ", T::kTable, " WHERE ", T::kOver, " AND ", T::kOverSince,
           " < $1 ORDER BY ", T::kOverSince, " LIMIT $2 /*skip locked*/) DELETE FROM ", T::kTable, " WHERE (", T::kKey,
           ") IN (SELECT ", T::kKey, " FROM old)");

}  // namespace text

template <class Table>
consteval Texts texts() {
  return {text::kClaim<Table>.data(),    text::kNextDue<Table>.data(), text::kPromote<Table>.data(),
          text::kHeadless<Table>.data(), text::kMend<Table>.data(),    text::kBacklog<Table>.data(),
          text::kSweep<Table>.data()};
}

}  // namespace aisha::stores::lane_queue
