// SPDX-License-Identifier: Apache-2.0
#include "stores/tastes/own_styles.hpp"

namespace aisha::stores::own_styles {
namespace {

constexpr sql::Text kOf =
    "SELECT local_day, style, pictures, made, kept, dropped FROM user_days"
    " WHERE user_id = $1 AND local_day >= $2 AND style <> ''"
    " UNION ALL SELECT max(local_day), style, cast(sum(pictures) as bigint), cast(sum(made) as bigint),"
    " cast(sum(kept) as bigint), cast(sum(dropped) as bigint) FROM user_days"
    " WHERE user_id = $1 AND local_day < $2 AND style <> '' GROUP BY style";
constexpr sql::Text kBehind =
    "SELECT user_id, local_day, style, pictures, made, kept, dropped FROM user_days"
    " WHERE (user_id, local_day, style) > ($1, $2, $3) ORDER BY user_id, local_day, style LIMIT $4";
constexpr sql::Text kEnds =
    "SELECT (SELECT user_id FROM user_days ORDER BY user_id LIMIT 1),"
    " (SELECT user_id FROM user_days ORDER BY user_id DESC LIMIT 1)";

OwnStyleDay read(const sql::Row& row, std::size_t first) {
  return {row.text(first),    row.text(first + 1), row.i64(first + 2),
          row.i64(first + 3), row.i64(first + 4),  row.i64(first + 5)};
}

}  // namespace

Task<std::vector<OwnStyleDay>> of(UnitOfWork& unit, Uuid user_id, std::string since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOf, user_id, since));
  std::vector<OwnStyleDay> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back(read(row, 0));
  }
  co_return out;
}

Task<std::vector<PersonStyleDay>> behind(UnitOfWork& unit, Place place, std::int64_t limit) {
  sql::Statement page(kBehind, place.user_id, place.day, place.style, limit);
  const sql::Rows rows = co_await unit.read(std::move(page).scan());
  std::vector<PersonStyleDay> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), read(row, 1)});
  }
  co_return out;
}

Task<std::optional<Ends>> ends(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kEnds));
  if (rows[0].is_null(0)) {
    co_return std::nullopt;
  }
  co_return Ends{rows[0].uuid(0), rows[0].uuid(1)};
}

}  // namespace aisha::stores::own_styles
