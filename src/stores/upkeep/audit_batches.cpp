// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit_batches.hpp"

#include <fmt/format.h>

namespace aisha::stores::audit {
namespace {

constexpr sql::Text kBatches =
    "SELECT b.id, b.open, (SELECT count(*) FROM generation_requests r WHERE r.batch_id = b.id AND r.status = 'open'),"
    " (SELECT max(r.finished_at) FROM generation_requests r WHERE r.batch_id = b.id),"
    " (SELECT count(*) FROM data_requests d WHERE d.user_id = b.user_id AND d.finished_at IS NULL AND d.kind = 'erase')"
    " FROM batches b WHERE b.id > $1 AND b.id <= $2";
constexpr sql::Text kTold = "SELECT count(*) FROM outbox WHERE dedupe_key IN ($1, $2)";

}  // namespace

Task<void> check_batches(UnitOfWork& unit, Uuid after, Uuid last, TimePoint kept_since,
                         std::vector<std::string>& found) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kBatches, after, last).scan());
  for (const sql::Row row : rows) {
    const std::string id = row.uuid(0).to_string();
    const std::int64_t counted = row.i64(1);
    const std::int64_t open = row.i64(2);
    if (counted != open) {
      found.push_back(fmt::format("I20 batch {}: {} open, {} of its pictures are", id, counted, open));
    }
    const auto ended = row.opt_time(3);
    const bool must_have_told = open == 0 && ended && *ended >= kept_since && row.i64(4) == 0;
    if (!must_have_told) {
      continue;
    }
    const std::string album = "batch:" + id + ":album";
    const std::string result = "batch:" + id + ":result";
    const sql::Rows told = co_await unit.read(sql::Statement(kTold, album, result));
    if (told[0].i64(0) != 2) {
      found.push_back(fmt::format("I20 batch {}: its end is not told", id));
    }
  }
}

}  // namespace aisha::stores::audit
