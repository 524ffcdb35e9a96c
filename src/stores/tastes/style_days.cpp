// SPDX-License-Identifier: Apache-2.0
#include "stores/tastes/style_days.hpp"

#include "base/zone.hpp"

namespace aisha::stores::style_days {
namespace {

constexpr sql::Text kClear = "DELETE FROM style_days WHERE day = $1";
constexpr sql::Text kCount =
    "INSERT INTO style_days (day, style, people, made)"
    " SELECT cast($1 as text), template_id, count(DISTINCT user_id), count(*) FROM generation_requests"
    " WHERE status = 'ready' AND finished_at >= $2 AND finished_at < $3 AND template_id IS NOT NULL"
    " GROUP BY template_id";
constexpr sql::Text kSince = "SELECT day, style, people, made FROM style_days WHERE day >= $1 ORDER BY day, style";
constexpr sql::Text kPeople =
    "SELECT count(DISTINCT user_id) FROM (SELECT user_id FROM generation_requests WHERE status = 'ready'"
    " AND finished_at >= $1 AND template_id IS NOT NULL ORDER BY finished_at DESC LIMIT $2) newest";

std::string text_of(std::chrono::sys_days day) {
  return local_day(day, "UTC");
}

}  // namespace

void count(UnitOfWork& unit, std::chrono::sys_days day) {
  unit.write_any(sql::Statement(kClear, text_of(day)));
  unit.write_any(sql::Statement(kCount, text_of(day), TimePoint(day), TimePoint(day + std::chrono::days(1))));
}

Task<std::vector<StyleDay>> since(UnitOfWork& unit, std::chrono::sys_days first) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSince, text_of(first)));
  std::vector<StyleDay> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.text(0), row.text(1), row.i64(2), row.i64(3)});
  }
  co_return out;
}

Task<std::int64_t> people_since(UnitOfWork& unit, TimePoint first, std::int64_t most) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPeople, first, most).scan());
  co_return rows[0].i64(0);
}

}  // namespace aisha::stores::style_days
