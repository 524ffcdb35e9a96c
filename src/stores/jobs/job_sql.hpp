// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/generation.hpp"
#include "stores/unit/unit_of_work.hpp"

/// The fenced updates that job_steps and provider_events share. Every one names id, status and epoch as they were read,
/// so a writer that lost its lease touches no row.
namespace aisha::stores::job_sql {

inline constexpr sql::Text kHandBack =
    "UPDATE generation_requests SET lease_until = $4, next_at = $5, tries = tries + $6, updated_at = $7"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
inline constexpr sql::Text kBeginSubmit =
    "UPDATE generation_requests SET prev_status = status, status = 'submitting', attempt = attempt + 1,"
    " submitted_at = coalesce(submitted_at, $3), lease_until = $4, updated_at = $3"
    " WHERE id = $1 AND status = 'queued' AND lease_epoch = $2 AND cancel_requested = $5";
inline constexpr sql::Text kSucceed =
    "UPDATE generation_requests SET prev_status = status, status = 'succeeded', finished_at = $3, updated_at = $3,"
    " lease_until = $4, bucket = $5, object_key = $6, width = $7, height = $8, bytes = $9, sha256 = $10,"
    " thumbhash = $11, content_type = $12 WHERE id = $1 AND status = 'storing' AND lease_epoch = $2";
inline constexpr sql::Text kRequestCancel =
    "UPDATE generation_requests SET cancel_requested = $3, updated_at = $4"
    " WHERE id = $1 AND user_id = $2 AND finished_at IS NULL";

inline constexpr sql::Text kPrepareAttempt =
    "INSERT INTO provider_attempt (id, generation_id, attempt_no, token, state, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, 'prepared', $5, $5)";
inline constexpr sql::Text kAcceptAttempt =
    "UPDATE provider_attempt SET state = 'accepted', request_id = $2, handle = $3, updated_at = $4"
    " WHERE token = $1 AND state IN ('prepared', 'ambiguous')";
inline constexpr sql::Text kRefuseAttempt =
    "UPDATE provider_attempt SET state = 'refused', updated_at = $2 WHERE token = $1 AND state = 'prepared'";
inline constexpr sql::Text kAmbiguousAttempt =
    "UPDATE provider_attempt SET state = 'ambiguous', updated_at = $2 WHERE generation_id = $1 AND state = 'prepared'";
inline constexpr sql::Text kAttemptOfToken =
    "SELECT generation_id, attempt_no, state FROM provider_attempt WHERE token = $1";
inline constexpr sql::Text kSetCost =
    "UPDATE provider_attempt SET cost_micro_usd = $2 WHERE generation_id = $1 AND state = 'ok'";

/// To an unfinished state.
struct Move {
  domain::JobState to;
  TimePoint next_at;
  bool new_epoch = false;  ///< shut out whoever still believes to hold the lease
  std::int64_t more_attempts = 0;
};
void move(UnitOfWork& unit, const domain::Generation& job, const Move& move);

/// With the provider's result; always a new epoch.
void move_to_storing(UnitOfWork& unit, const domain::Generation& job, std::string_view result);

/// To failed or cancelled.
void finish(UnitOfWork& unit, const domain::Generation& job, domain::JobState to, std::string_view error_code);

Task<std::optional<domain::Generation>> load(UnitOfWork& unit, Uuid id);

}  // namespace aisha::stores::job_sql
