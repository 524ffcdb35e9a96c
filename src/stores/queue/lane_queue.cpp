// SPDX-License-Identifier: Apache-2.0
#include "stores/queue/lane_queue.hpp"

namespace aisha::stores::lane_queue {
void promote(UnitOfWork& unit, const Texts& texts, std::int64_t lane) {
  unit.write_any(sql::Statement(texts.promote, lane, unit.now()));
}

bool has_promoted(const UnitOfWork& unit) {
  return !unit.returned().empty();
}

Task<std::int64_t> mend(UnitOfWork& unit, const Texts& texts) {
  const sql::Rows lanes = co_await unit.read(sql::Statement(texts.headless).scan());
  std::int64_t mended = 0;
  for (const sql::Row lane : lanes) {
    sql::Batch batch;
    batch.push_back({sql::Statement(texts.mend, lane.i64(0), unit.now()), std::nullopt});
    const sql::Rows heads = co_await unit.at_once(std::move(batch));
    mended += static_cast<std::int64_t>(heads.size());
  }
  co_return mended;
}

Task<Backlog> backlog(UnitOfWork& unit, const Texts& texts) {
  const sql::Rows rows = co_await unit.read(sql::Statement(texts.backlog).scan());
  co_return Backlog{rows[0].i64(0), rows[0].opt_time(1)};
}

Task<std::int64_t> sweep(UnitOfWork& unit, const Texts& texts, TimePoint before, std::int64_t limit) {
  const sql::Rows gone = co_await unit.at_once(sql::Statement(texts.sweep, before, limit));
  co_return gone.affected();
}

}  // namespace aisha::stores::lane_queue
