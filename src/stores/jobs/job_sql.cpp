// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/job_sql.hpp"

#include "stores/pictures/generations.hpp"

namespace aisha::stores::job_sql {
namespace {

constexpr sql::Text kMove =
    "UPDATE generation_requests SET prev_status = status, status = $4, lease_until = $5, lease_epoch = lease_epoch + "
    "$6,"
    " next_at = $7, max_attempts = max_attempts + $8, tries = 0, updated_at = $9"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kToStoring =
    "UPDATE generation_requests SET prev_status = status, status = 'storing', result = $4, lease_until = $5,"
    " lease_epoch = lease_epoch + 1, next_at = $6, tries = 0, updated_at = $6"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";
constexpr sql::Text kFinish =
    "UPDATE generation_requests SET prev_status = status, status = $4, error_code = $5, finished_at = $6,"
    " lease_until = $7, lease_epoch = lease_epoch + 1, updated_at = $6"
    " WHERE id = $1 AND status = $2 AND lease_epoch = $3";

}  // namespace

void move(UnitOfWork& unit, const domain::Generation& job, const Move& move) {
  unit.write(sql::Statement(kMove, job.id, domain::text_of(job.state), job.lease_epoch, domain::text_of(move.to),
                            from_epoch_ms(0), move.new_epoch ? 1 : 0, move.next_at, move.more_attempts, unit.now()));
}

void move_to_storing(UnitOfWork& unit, const domain::Generation& job, std::string_view result) {
  unit.write(sql::Statement(kToStoring, job.id, domain::text_of(job.state), job.lease_epoch, result, from_epoch_ms(0),
                            unit.now()));
}

void finish(UnitOfWork& unit, const domain::Generation& job, domain::JobState to, std::string_view error_code) {
  unit.write(sql::Statement(kFinish, job.id, domain::text_of(job.state), job.lease_epoch, domain::text_of(to),
                            error_code, unit.now(), from_epoch_ms(0)));
}

Task<std::optional<domain::Generation>> load(UnitOfWork& unit, Uuid id) {
  return generations::load(unit, id);
}

}  // namespace aisha::stores::job_sql
