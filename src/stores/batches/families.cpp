// SPDX-License-Identifier: Apache-2.0
#include "stores/batches/families.hpp"

#include <utility>

#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::families {
namespace {

// $1 owner, $2 parent, $3 the picture of a place (behind all of them: an id behind all others), $4 the length of a
// page.
constexpr char kChildren[] =
    " FROM generation_requests r WHERE r.parent_id = $2 AND r.user_id = $1 AND r.status = 'ready'"
    " AND r.deleted_at IS NULL";
/// The first one of the page before the place; $5 an id behind all others.
constexpr auto kStartBefore =
    joined("coalesce((SELECT r.id", kChildren, " AND r.id > $3 ORDER BY r.id LIMIT 1 OFFSET $4 - 1), $5)");

template <class Compares, class Bound>
consteval auto page_within(const Compares& compares, const Bound& bound) {
  return joined("WITH p AS MATERIALIZED (SELECT r.id", kChildren, " AND r.id ", compares, bound,
                " ORDER BY r.id DESC LIMIT $4) SELECT ", kRequestColumns, kSavedColumns, ", (SELECT count(*)",
                kChildren, "), (SELECT count(*)", kChildren, " AND r.id > (SELECT id FROM p ORDER BY id DESC LIMIT 1))",
                " FROM p JOIN generation_requests r ON r.id = p.id", kSavedJoin, " ORDER BY r.id DESC");
}
constexpr auto kBehind = page_within("< ", "$3");
constexpr auto kBefore = page_within("<= ", kStartBefore);

Uuid last_id() {
  Uuid id;
  id.bytes.fill(0xff);
  return id;
}

}  // namespace

Task<domain::ChildrenPage> children(UnitOfWork& unit, Uuid owner, Uuid parent, domain::PageStart from,
                                    std::int64_t limit) {
  using Side = domain::PageStart::Side;
  const Uuid place = from.side == Side::first ? last_id() : from.picture;
  sql::Statement statement(kBehind.data(), owner, parent, place, limit);
  if (from.side == Side::newer) {
    statement = sql::Statement(kBefore.data(), owner, parent, place, limit, last_id());
  }
  const sql::Rows rows = co_await unit.read(std::move(statement));
  domain::ChildrenPage out;
  if (!rows.empty()) {
    out.pictures = own_pictures_of(rows);
    out.all = rows[0].i64(kOwnColumnCount);
    out.ahead = rows[0].i64(kOwnColumnCount + 1);
  } else if (from.side == Side::older) {
    from.side = Side::newer;
    co_return co_await children(unit, owner, parent, from, limit);
  } else if (from.side == Side::newer) {
    // It was the last one there was.
    from = {};
    co_return co_await children(unit, owner, parent, from, limit);
  }
  co_return out;
}

}  // namespace aisha::stores::families
