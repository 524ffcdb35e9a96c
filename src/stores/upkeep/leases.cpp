// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/leases.hpp"

namespace aisha::stores::leases {
namespace {

constexpr sql::Text kUpdates = "UPDATE inbox SET lease_until = $1 WHERE state = 'new' AND lease_until > $1";
// A claim has moved `next_at` to the end of its lease.
constexpr sql::Text kJobs =
    "UPDATE jobs SET next_at = CASE WHEN next_at = lease_until THEN $2 ELSE next_at END, lease_until = $1"
    " WHERE finished_at IS NULL AND lease_until > $1";
constexpr sql::Text kMessages = "UPDATE outbox SET lease_until = $1 WHERE done_at IS NULL AND lease_until > $1";

}  // namespace

void end_all(UnitOfWork& unit) {
  for (const sql::Text text : {kUpdates, kMessages}) {
    unit.write_any(sql::Statement(text, from_epoch_ms(0)));
  }
  unit.write_any(sql::Statement(kJobs, from_epoch_ms(0), unit.now()));
}

}  // namespace aisha::stores::leases
