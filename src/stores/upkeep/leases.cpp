// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/leases.hpp"

namespace aisha::stores::leases {
namespace {

// One in hand has no error: one that waits for its time has.
constexpr sql::Text kUpdates = "UPDATE inbox SET due_at = $1 WHERE state = 'new' AND due_at > $1 AND error IS NULL";
// A claim has moved `next_at` to the end of its lease.
constexpr sql::Text kJobs =
    "UPDATE jobs SET next_at = CASE WHEN next_at = lease_until THEN $2 ELSE next_at END, lease_until = $1"
    " WHERE finished_at IS NULL AND lease_until > $1";
// One that is being prepared is held past its time.
constexpr sql::Text kMessages =
    "UPDATE outbox SET due_at = $1 WHERE done_at IS NULL AND due_at > $1 AND (state = 'sending' OR due_at > next_at)";
constexpr sql::Text kClears =
    "UPDATE gallery_clears SET lease_until = $1 WHERE state IN ('clearing', 'restoring') AND lease_until > $1";
constexpr sql::Text kDataRequests =
    "UPDATE data_requests SET next_at = CASE WHEN next_at = lease_until THEN $2 ELSE next_at END, lease_until = $1"
    " WHERE finished_at IS NULL AND lease_until > $1";

}  // namespace

void end_all(UnitOfWork& unit) {
  unit.write_any(sql::Statement(kUpdates, unit.now()));
  unit.write_any(sql::Statement(kJobs, from_epoch_ms(0), unit.now()));
  unit.write_any(sql::Statement(kMessages, unit.now()));
  unit.write_any(sql::Statement(kClears, unit.now()));
  unit.write_any(sql::Statement(kDataRequests, from_epoch_ms(0), unit.now()));
}

}  // namespace aisha::stores::leases
