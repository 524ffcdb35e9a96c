// SPDX-License-Identifier: Apache-2.0
#include "stores/batches/batches.hpp"

#include "stores/jobs/job_row.hpp"
#include "stores/people/avatars.hpp"
#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::batches {
namespace {

constexpr sql::Text kCreate =
    "INSERT INTO batches (id, user_id, chat_id, message_id, parent_id, size, open, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $6, $7)";
constexpr sql::Text kMemberEnded = "UPDATE batches SET open = open - 1 WHERE id = $1 AND open > 0";
constexpr sql::Text kMessage = "UPDATE batches SET message_id = $2 WHERE id = $1";
constexpr sql::Text kJobsMessage = "UPDATE jobs SET status_message_id = $2, updated_at = $3 WHERE batch_id = $1";
constexpr auto kFind = joined("SELECT ", kRequestColumns, kSavedColumns,
                              ", b.id, b.user_id, b.chat_id, b.message_id, b.parent_id, b.size, b.open, b.created_at,"
                              " coalesce(j.cancel_requested, false), coalesce(j.rerolls, 0), ",
                              avatars::kColumns,
                              " FROM batches b"
                              " JOIN generation_requests r ON r.batch_id = b.id",
                              kSavedJoin, " LEFT JOIN jobs j ON j.id = r.id LEFT JOIN avatars a ON a.id = r.avatar_id",
                              avatars::kBeside, " WHERE b.id = $1 ORDER BY r.id");
constexpr auto kOpenJobs = joined("SELECT ", kJobColumns,
                                  " FROM jobs WHERE batch_id = $1 AND user_id = $2 AND finished_at IS NULL"
                                  " ORDER BY id");

domain::Batch batch_of(const sql::Row& row) {
  constexpr std::size_t kAt = kOwnColumnCount;
  domain::Batch batch;
  batch.id = row.uuid(kAt);
  batch.user_id = row.uuid(kAt + 1);
  batch.chat_id = row.i64(kAt + 2);
  batch.message_id = row.i64(kAt + 3);
  batch.parent_id = row.opt_uuid(kAt + 4);
  batch.size = row.i64(kAt + 5);
  batch.open = row.i64(kAt + 6);
  batch.created_at = row.time(kAt + 7);
  return batch;
}

}  // namespace

void create(UnitOfWork& unit, const domain::Batch& batch) {
  unit.write(sql::Statement(kCreate, batch.id, batch.user_id, batch.chat_id, batch.message_id, batch.parent_id,
                            batch.size, unit.now()));
}

void member_ended(UnitOfWork& unit, const Uuid& id) {
  unit.write(sql::Statement(kMemberEnded, id));
}

void set_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id) {
  unit.write_any(sql::Statement(kJobsMessage, id, message_id, unit.now()));
  unit.write_any(sql::Statement(kMessage, id, message_id));
}

Task<std::optional<domain::BatchStatus>> find(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  constexpr std::size_t kOfJob = kOwnColumnCount + 8;
  domain::BatchStatus out;
  out.batch = batch_of(rows[0]);
  out.avatar = avatars::read(rows[0], kOfJob + 2);
  for (const sql::Row row : rows) {
    out.members.push_back({own_picture_of(row), row.boolean(kOfJob), row.i64(kOfJob + 1)});
  }
  co_return out;
}

Task<std::vector<domain::Job>> open_jobs(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpenJobs.data(), id, user_id));
  co_return jobs_of(rows);
}

}  // namespace aisha::stores::batches
