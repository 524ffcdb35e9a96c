// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/own_pages.hpp"

#include <utility>

#include "stores/people/avatars.hpp"
#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::own_pages {
namespace {

/// Behind what `own_picture_of` reads.
constexpr std::size_t kBehindOwn = kRequestColumnCount + 3;

// $1 owner, $2 day. Day after day from the index: a person has one row a day and style, however many pictures.
constexpr char kDay[] =
    "WITH d AS MATERIALIZED (SELECT coalesce("
    "(SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day <= $2"
    " ORDER BY local_day DESC LIMIT 1),"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day > $2"
    " ORDER BY local_day LIMIT 1)) AS day)";
constexpr char kDayColumns[] =
    "(SELECT day FROM d),"
    " (SELECT cast(coalesce(sum(pictures), 0) AS bigint) FROM user_days"
    " WHERE user_id = $1 AND local_day = (SELECT day FROM d)),"
    " (SELECT cast(coalesce(sum(made), 0) AS bigint) FROM user_days"
    " WHERE user_id = $1 AND local_day = (SELECT day FROM d)),"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day < (SELECT day FROM d)"
    " ORDER BY local_day DESC LIMIT 1),"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day > (SELECT day FROM d)"
    " ORDER BY local_day LIMIT 1),"
    " (SELECT cast(coalesce(sum(pictures), 0) AS bigint) FROM user_days WHERE user_id = $1),"
    " (SELECT count(DISTINCT local_day) FROM user_days WHERE user_id = $1 AND pictures > 0)";
constexpr std::size_t kDayColumnCount = 7;
constexpr auto kDayAlone = joined(kDay, " SELECT ", kDayColumns);

// $3 the picture of a place, $4 an id behind all others, $5 the length of a page.
constexpr char kOfDay[] =
    " FROM generation_requests r WHERE r.user_id = $1 AND r.local_day = (SELECT day FROM d) AND r.status = 'ready'"
    " AND r.deleted_at IS NULL";
constexpr char kThePlace[] =
    "(SELECT r.id FROM generation_requests r WHERE r.id = $3 AND r.user_id = $1 AND r.local_day = (SELECT day FROM d))";
/// The first one of the page before the place.
constexpr auto kStartBefore =
    joined("(SELECT r.id", kOfDay, " AND r.id > ", kThePlace, " ORDER BY r.id LIMIT 1 OFFSET $5 - 1)");

template <class Compares, class Bound>
consteval auto page_within(const Compares& compares, const Bound& bound) {
  return joined(kDay, ", p AS MATERIALIZED (SELECT r.id", kOfDay, " AND r.id ", compares, " coalesce(", bound,
                ", $4) ORDER BY r.id DESC LIMIT $5) SELECT ", kRequestColumns, kSavedColumns, ", ", kDayColumns,
                ", (SELECT count(*)", kOfDay, " AND r.id > (SELECT id FROM p ORDER BY id DESC LIMIT 1))",
                " FROM d LEFT JOIN p ON true LEFT JOIN generation_requests r ON r.id = p.id", kSavedJoin,
                " ORDER BY r.id DESC");
}
constexpr auto kBehind = page_within("<", kThePlace);
constexpr auto kBefore = page_within("<=", kStartBefore);

// $1 owner, $2 month.
constexpr sql::Text kMonth =
    "WITH m AS MATERIALIZED (SELECT substr(coalesce("
    "(SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day <= $2 || '-99'"
    " ORDER BY local_day DESC LIMIT 1),"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day > $2"
    " ORDER BY local_day LIMIT 1)), 1, 7) AS month)"
    " SELECT m.month,"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0 AND local_day < (SELECT month FROM m)"
    " ORDER BY local_day DESC LIMIT 1),"
    " (SELECT local_day FROM user_days WHERE user_id = $1 AND pictures > 0"
    " AND local_day > (SELECT month || '-99' FROM m) ORDER BY local_day LIMIT 1),"
    " x.local_day, x.pictures FROM m LEFT JOIN ("
    "SELECT local_day, cast(sum(pictures) AS bigint) AS pictures FROM user_days WHERE user_id = $1 AND pictures > 0"
    " AND local_day > (SELECT month FROM m) AND local_day < (SELECT month || '-99' FROM m) GROUP BY local_day) x"
    " ON true ORDER BY x.local_day DESC";

// $1 picture, $2 owner.
constexpr auto kPlaceColumns =
    joined("SELECT ", kRequestColumns, kSavedColumns,
           ", (SELECT count(*) FROM user_favorite_templates k WHERE k.user_id = r.user_id"
           " AND k.template_id = r.template_id), ",
           avatars::kColumns,
           ", (SELECT count(*) FROM generation_requests n WHERE n.user_id = $2 AND n.local_day = r.local_day"
           " AND n.status = 'ready' AND n.deleted_at IS NULL AND n.id > r.id),"
           " (SELECT count(*) FROM generation_requests p WHERE p.id = r.parent_id AND p.status = 'ready'"
           " AND p.deleted_at IS NULL),"
           " (SELECT count(*) FROM generation_requests c WHERE c.parent_id = r.id AND c.status = 'ready'"
           " AND c.deleted_at IS NULL), ");
constexpr auto kPlaceFrom =
    joined(" FROM generation_requests r", kSavedJoin, " LEFT JOIN avatars a ON a.id = r.avatar_id", avatars::kBeside,
           " WHERE r.id = $1 AND r.user_id = $2 AND r.status = 'ready' AND r.purged_at IS NULL");
constexpr std::size_t kStyleKept = kBehindOwn;
constexpr std::size_t kAvatar = kStyleKept + 1;
constexpr std::size_t kAheadOnDay = kAvatar + avatars::kColumnCount;
constexpr std::size_t kTies = kAheadOnDay + 1;
constexpr std::size_t kNewer = kTies + 2;
constexpr std::size_t kOlder = kNewer + 1;
constexpr std::size_t kAhead = kOlder + 1;
constexpr std::size_t kAll = kAhead + 1;

/// Of the days: before those of the same day.
constexpr auto kAmongDays = joined(
    kPlaceColumns,
    "(SELECT n.id FROM generation_requests n WHERE n.user_id = $2 AND n.status = 'ready'"
    " AND n.deleted_at IS NULL AND (n.local_day, n.id) > (r.local_day, r.id) ORDER BY n.local_day, n.id LIMIT 1),"
    " (SELECT n.id FROM generation_requests n WHERE n.user_id = $2 AND n.status = 'ready'"
    " AND n.deleted_at IS NULL AND (n.local_day, n.id) < (r.local_day, r.id)"
    " ORDER BY n.local_day DESC, n.id DESC LIMIT 1),"
    " (SELECT cast(coalesce(sum(pictures), 0) AS bigint) FROM user_days"
    " WHERE user_id = $2 AND local_day > r.local_day),"
    " (SELECT cast(coalesce(sum(pictures), 0) AS bigint) FROM user_days WHERE user_id = $2)",
    kPlaceFrom);

/// `list`: which rows of user_saved_images n; `at`: the column of their moment.
template <class List, class At>
consteval auto among(const List& list, const At& at) {
  return joined(kPlaceColumns, "(SELECT n.generation_request_id", list, " AND (n.", at,
                ", n.generation_request_id) > (s.", at, ", r.id) ORDER BY n.", at,
                ", n.generation_request_id LIMIT 1), (SELECT n.generation_request_id", list, " AND (n.", at,
                ", n.generation_request_id) < (s.", at, ", r.id) ORDER BY n.", at,
                " DESC, n.generation_request_id DESC LIMIT 1), (SELECT count(*)", list, " AND (n.", at,
                ", n.generation_request_id) > (s.", at, ", r.id)), (SELECT count(*)", list, ")", kPlaceFrom);
}
constexpr auto kAmongFavorites = among(
    " FROM user_saved_images n WHERE n.user_id = $2 AND n.is_favorite = true AND n.in_trash = false", "favorite_at");
constexpr auto kAmongSaved =
    among(" FROM user_saved_images n WHERE n.user_id = $2 AND n.is_saved = true AND n.in_trash = false", "saved_at");

constexpr sql::Text kRemoved =
    "SELECT count(*) FROM generation_requests WHERE user_id = $1 AND status = 'ready' AND deleted_at IS NOT NULL"
    " AND purged_at IS NULL";
constexpr sql::Text kCells =
    "SELECT id, created_at FROM generation_requests WHERE id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " AND user_id = $1 AND status = 'ready' AND object_key IS NOT NULL AND width IS NOT NULL"
    " AND (deleted_at IS NOT NULL) = $2";

/// Behind every id there is.
Uuid last_id() {
  Uuid id;
  id.bytes.fill(0xff);
  return id;
}

domain::OwnDay day_of(const sql::Row& row, std::size_t first) {
  domain::OwnDay day;
  day.day = row.text(first);
  day.pictures = row.i64(first + 1);
  day.made = row.i64(first + 2);
  day.older = row.text(first + 3);
  day.newer = row.text(first + 4);
  day.all_pictures = row.i64(first + 5);
  day.all_days = row.i64(first + 6);
  return day;
}

domain::DayPage page_of(const sql::Rows& rows) {
  domain::DayPage page;
  page.day = day_of(rows[0], kBehindOwn);
  page.ahead = rows[0].i64(kBehindOwn + kDayColumnCount);
  if (!rows[0].is_null(0)) {
    page.pictures = own_pictures_of(rows);
  }
  return page;
}

sql::Text text_of(domain::OwnOrder order) {
  switch (order) {
    case domain::OwnOrder::favorites: return sql::Text(kAmongFavorites.data());
    case domain::OwnOrder::saved: return sql::Text(kAmongSaved.data());
    case domain::OwnOrder::days: break;
  }
  return sql::Text(kAmongDays.data());
}

bool is_in(const domain::OwnPicture& own, domain::OwnOrder order) {
  switch (order) {
    case domain::OwnOrder::favorites: return own.is_favorite && !own.picture.deleted_at;
    case domain::OwnOrder::saved: return own.is_saved && !own.picture.deleted_at;
    case domain::OwnOrder::days: break;
  }
  return !own.picture.deleted_at;
}

}  // namespace

Task<domain::OwnDay> day(UnitOfWork& unit, Uuid owner, std::string day) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kDayAlone.data(), owner, std::move(day)));
  co_return day_of(rows[0], 0);
}

Task<domain::DayPage> page(UnitOfWork& unit, Uuid owner, std::string day, domain::PageStart from, std::int64_t limit) {
  using Side = domain::PageStart::Side;
  const auto place = from.side == Side::first ? std::nullopt : std::optional(from.picture);
  const sql::Text text = from.side == Side::newer ? sql::Text(kBefore.data()) : sql::Text(kBehind.data());
  sql::Statement statement(text, owner, day, place, last_id(), limit);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  domain::DayPage found = page_of(rows);
  if (found.pictures.empty() && !found.day.day.empty() && from.side == Side::older) {
    from.side = Side::newer;
    co_return co_await page(unit, owner, std::move(day), from, limit);
  }
  co_return found;
}

Task<domain::OwnMonth> month(UnitOfWork& unit, Uuid owner, std::string month) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kMonth, owner, std::move(month)));
  domain::OwnMonth found;
  found.month = rows[0].text(0);
  found.older = rows[0].text(1).substr(0, found.month.size());
  found.newer = rows[0].text(2).substr(0, found.month.size());
  for (const sql::Row row : rows) {
    if (!row.is_null(3)) {
      found.days.push_back({row.text(3), row.i64(4)});
    }
  }
  co_return found;
}

Task<std::optional<domain::OwnPlace>> picture(UnitOfWork& unit, Uuid owner, Uuid id, domain::OwnOrder order) {
  sql::Statement statement(text_of(order), id, owner);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const sql::Row row = rows[0];
  domain::OwnPlace place;
  place.own = own_picture_of(row);
  place.is_style_kept = row.i64(kStyleKept) > 0;
  place.avatar = avatars::read(row, kAvatar);
  place.ahead_on_day = row.i64(kAheadOnDay);
  place.ties = {place.own.picture.parent_id, row.i64(kTies) > 0, row.i64(kTies + 1)};
  place.newer = row.opt_uuid(kNewer);
  place.older = row.opt_uuid(kOlder);
  const bool by_days = order == domain::OwnOrder::days;
  place.ahead = row.i64(kAhead) + (by_days ? place.ahead_on_day : 0);
  place.all = is_in(place.own, order) ? row.i64(kAll) : 0;
  co_return place;
}

Task<std::int64_t> count_removed(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kRemoved, owner));
  co_return rows[0].i64(0);
}

Task<std::vector<Cell>> cells(UnitOfWork& unit, Uuid owner, std::vector<Uuid> ids, bool removed) {
  ids.resize(kMostCells);
  sql::Statement statement(kCells, owner, removed, ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], ids[7],
                           ids[8]);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  std::vector<Cell> out;
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.time(1)});
  }
  co_return out;
}

}  // namespace aisha::stores::own_pages
