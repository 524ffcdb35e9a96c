// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/chores.hpp"

namespace aisha::stores::chores {
namespace {

// Most of the time there is nothing to do, and a look writes nothing.
constexpr sql::Text kLook = "SELECT lease_until, mark FROM chores WHERE name = $1";
constexpr sql::Text kMake = "INSERT INTO chores (name) VALUES ($1) ON CONFLICT DO NOTHING";
constexpr sql::Text kTake =
    "UPDATE chores SET lease_until = $3, lease_epoch = lease_epoch + 1 WHERE name = $1 AND lease_until <= $2"
    " AND mark < $4 RETURNING lease_epoch, mark";
constexpr sql::Text kRenew = "UPDATE chores SET lease_until = $3 WHERE name = $1 AND lease_epoch = $2";
constexpr sql::Text kFinish =
    "UPDATE chores SET lease_until = $3, done_at = $3, mark = $4 WHERE name = $1 AND lease_epoch = $2";

}  // namespace

Task<std::optional<Claim>> claim(UnitOfWork& unit, std::string_view name, std::int64_t goal, Millis lease) {
  const sql::Rows seen = co_await unit.read(sql::Statement(kLook, name));
  if (!seen.empty() && (seen[0].time(0) > unit.now() || seen[0].i64(1) >= goal)) {
    co_return std::nullopt;
  }
  sql::Batch batch;
  batch.push_back({sql::Statement(kMake, name), std::nullopt});
  batch.push_back({sql::Statement(kTake, name, unit.now(), unit.now() + lease, goal), std::nullopt});
  const sql::Rows taken = co_await unit.at_once(std::move(batch));
  if (taken.empty()) {
    co_return std::nullopt;
  }
  co_return Claim{taken[0].i64(0), taken[0].i64(1)};
}

void renew(UnitOfWork& unit, std::string_view name, const Claim& claim, Millis lease) {
  unit.write(sql::Statement(kRenew, name, claim.epoch, unit.now() + lease));
}

void finish(UnitOfWork& unit, std::string_view name, const Claim& claim, std::int64_t mark) {
  unit.write(sql::Statement(kFinish, name, claim.epoch, unit.now(), mark));
}

}  // namespace aisha::stores::chores
