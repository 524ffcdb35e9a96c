// SPDX-License-Identifier: Apache-2.0
#include "stores/bin/bin_pages.hpp"

#include <algorithm>
#include <utility>

#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::bin_pages {
namespace {

using domain::PageStart;

constexpr char kIn[] =
    "r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NOT NULL AND r.purged_at IS NULL AND r.deleted_at > $2";
constexpr char kNewer[] =
    " AND (r.deleted_at, r.id) > ((SELECT p.deleted_at FROM generation_requests p WHERE p.id = $4 AND p.user_id = $1),"
    " $4)";
constexpr char kOlder[] =
    " AND (r.deleted_at, r.id) < ((SELECT p.deleted_at FROM generation_requests p WHERE p.id = $4 AND p.user_id = $1),"
    " $4)";
constexpr char kHowMany[] = "(SELECT count(*) FROM generation_requests r WHERE ";
constexpr char kDown[] = " ORDER BY r.deleted_at DESC, r.id DESC LIMIT $3";
constexpr char kUp[] = " ORDER BY r.deleted_at, r.id LIMIT $3";

/// Behind the columns of each row: how many there are, the moment of the first removal, how many before the place.
constexpr auto kHead = joined("SELECT ", kRequestColumns, kSavedColumns, ", ", kHowMany, kIn,
                              "), (SELECT min(r.deleted_at) FROM generation_requests r WHERE ", kIn, "), ");
constexpr char kFrom[] = " FROM generation_requests r";
constexpr auto kFirst = joined(kHead, "0", kFrom, kSavedJoin, " WHERE ", kIn, kDown);
constexpr auto kOlderPage = joined(kHead, kHowMany, kIn, kNewer, ")", kFrom, kSavedJoin, " WHERE ", kIn, kOlder, kDown);
constexpr auto kNewerPage = joined(kHead, kHowMany, kIn, kNewer, ")", kFrom, kSavedJoin, " WHERE ", kIn, kNewer, kUp);
constexpr auto kFind =
    joined("SELECT ", kRequestColumns, kSavedColumns, kFrom, kSavedJoin, " WHERE r.id = $3 AND ", kIn);
constexpr sql::Text kForEver =
    "UPDATE generation_requests SET deleted_at = $3 WHERE id = $1 AND user_id = $2 AND status = 'ready'"
    " AND deleted_at > $3 AND purged_at IS NULL";

sql::Statement asked(Uuid owner, TimePoint since, const PageStart& from, std::int64_t limit) {
  switch (from.side) {
    case PageStart::Side::older: return sql::Statement(kOlderPage.data(), owner, since, limit, from.picture);
    case PageStart::Side::newer: return sql::Statement(kNewerPage.data(), owner, since, limit, from.picture);
    case PageStart::Side::first: break;
  }
  return sql::Statement(kFirst.data(), owner, since, limit);
}

Page page_of(const sql::Rows& rows, PageStart::Side side) {
  Page page;
  page.pictures = own_pictures_of(rows);
  if (rows.empty()) {
    return page;
  }
  page.total = rows[0].i64(kOwnColumnCount);
  page.oldest = rows[0].time(kOwnColumnCount + 1);
  const std::int64_t newer = rows[0].i64(kOwnColumnCount + 2);
  if (side == PageStart::Side::older) {
    page.before = newer + 1;
  } else if (side == PageStart::Side::newer) {
    page.before = newer - std::ssize(page.pictures);
    std::ranges::reverse(page.pictures);
  }
  return page;
}

}  // namespace

Task<Page> page(UnitOfWork& unit, Uuid owner, TimePoint since, PageStart from, std::int64_t limit) {
  sql::Statement statement = asked(owner, since, from, limit);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  const bool is_short = from.side == PageStart::Side::newer && std::cmp_less(rows.size(), limit);
  const bool is_past = from.side != PageStart::Side::first && rows.empty();
  if (!is_short && !is_past) {
    co_return page_of(rows, from.side);
  }
  sql::Statement from_the_start = asked(owner, since, PageStart{}, limit);
  const sql::Rows first = co_await unit.read(std::move(from_the_start));
  co_return page_of(first, PageStart::Side::first);
}

Task<std::optional<domain::OwnPicture>> find(UnitOfWork& unit, Uuid owner, Uuid picture, TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), owner, since, picture));
  co_return rows.empty() ? std::nullopt : std::optional(own_picture_of(rows[0]));
}

void remove_for_ever(UnitOfWork& unit, const Uuid& owner, const Uuid& picture) {
  unit.write(sql::Statement(kForEver, picture, owner, domain::kForEver));
}

}  // namespace aisha::stores::bin_pages
