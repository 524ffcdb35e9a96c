// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/saved_images.hpp"

#include <algorithm>

#include "stores/pictures/own_row.hpp"
#include "stores/pictures/user_days.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::saved_images {
namespace {

constexpr char kLive[] =
    " FROM generation_requests r WHERE r.id = $1 AND r.user_id = $2 AND r.status = 'ready'"
    " AND r.deleted_at IS NULL";
constexpr char kIsKept[] =
    " EXISTS (SELECT 1 FROM user_saved_images s WHERE s.user_id = r.user_id"
    " AND s.generation_request_id = r.id";

constexpr auto kHeart = joined(
    "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at, favorite_at)"
    " SELECT $3, r.user_id, r.id, true, false, $4, $4",
    kLive,
    " ON CONFLICT (user_id, generation_request_id) DO UPDATE SET is_favorite = true,"
    " favorite_at = coalesce(user_saved_images.favorite_at, excluded.favorite_at)");
constexpr auto kPin = joined(
    "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at)"
    " SELECT $3, r.user_id, r.id, false, true, $4",
    kLive,
    " ON CONFLICT (user_id, generation_request_id) DO UPDATE SET is_saved = true,"
    " saved_at = CASE WHEN user_saved_images.is_saved = true THEN user_saved_images.saved_at ELSE excluded.saved_at "
    "END");

// What is left of the row decides what becomes of it.
constexpr char kOfOwner[] = " WHERE generation_request_id = $1 AND user_id = $2 AND in_trash = false";
constexpr auto kDropHeart =
    joined("DELETE FROM user_saved_images", kOfOwner, " AND is_favorite = true AND is_saved = false");
constexpr auto kDropPin =
    joined("DELETE FROM user_saved_images", kOfOwner, " AND is_saved = true AND is_favorite = false");
constexpr auto kUnheart =
    joined("UPDATE user_saved_images SET is_favorite = false, favorite_at = NULL", kOfOwner, " AND is_favorite = true");
constexpr auto kUnpin = joined("UPDATE user_saved_images SET is_saved = false", kOfOwner, " AND is_saved = true");
constexpr auto kName = joined("UPDATE user_saved_images SET custom_name = $3", kOfOwner);
// A name is looked for like the words of a prompt; whoever reads them now does not have the last word.
constexpr char kAnew[] = " ON CONFLICT (generation_id) DO UPDATE SET mark = unread_pictures.mark + 1";
constexpr auto kReadAnew = joined("INSERT INTO unread_pictures (generation_id) SELECT r.id", kLive, kAnew);
constexpr auto kReadNamed = joined("INSERT INTO unread_pictures (generation_id) SELECT r.id", kLive, " AND", kIsKept,
                                   " AND s.custom_name IS NOT NULL)", kAnew);

void keep(UnitOfWork& unit, sql::Text text, const Uuid& owner, const Uuid& picture) {
  user_days::lock(unit, owner, picture);
  user_days::kept(unit, owner, picture);
  unit.write_any(sql::Statement(text, picture, owner, unit.new_id(), unit.now()));
}

// A list: which rows, by which moment, and which of them stand before or behind the picture of a place.
constexpr char kFavorites[] = "s.user_id = $1 AND s.is_favorite = true AND s.in_trash = false";
constexpr char kSaved[] = "s.user_id = $1 AND s.is_saved = true AND s.in_trash = false";
constexpr char kNewerFavorites[] =
    "(s.favorite_at, s.generation_request_id) > ((SELECT p.favorite_at FROM user_saved_images p"
    " WHERE p.user_id = $1 AND p.generation_request_id = $3), $3)";
constexpr char kOlderFavorites[] =
    "(s.favorite_at, s.generation_request_id) < ((SELECT p.favorite_at FROM user_saved_images p"
    " WHERE p.user_id = $1 AND p.generation_request_id = $3), $3)";
constexpr char kNewerSaved[] =
    "(s.saved_at, s.generation_request_id) > ((SELECT p.saved_at FROM user_saved_images p"
    " WHERE p.user_id = $1 AND p.generation_request_id = $3), $3)";
constexpr char kOlderSaved[] =
    "(s.saved_at, s.generation_request_id) < ((SELECT p.saved_at FROM user_saved_images p"
    " WHERE p.user_id = $1 AND p.generation_request_id = $3), $3)";
constexpr char kFavoritesDown[] = " ORDER BY s.favorite_at DESC, s.generation_request_id DESC LIMIT ";
constexpr char kFavoritesUp[] = " ORDER BY s.favorite_at, s.generation_request_id LIMIT ";
constexpr char kSavedDown[] = " ORDER BY s.saved_at DESC, s.generation_request_id DESC LIMIT ";
constexpr char kSavedUp[] = " ORDER BY s.saved_at, s.generation_request_id LIMIT ";

constexpr char kHowMany[] = "(SELECT count(*) FROM user_saved_images s WHERE ";
constexpr char kRows[] =
    " FROM user_saved_images s JOIN generation_requests r ON r.id = s.generation_request_id WHERE ";

/// Behind the columns of each row: how many there are, and how many before the place.
template <std::size_t L, std::size_t O>
consteval auto first_page(const char (&list)[L], const char (&order)[O]) {
  return joined("SELECT ", kRequestColumns, kSavedColumns, ", ", kHowMany, list, "), 0", kRows, list, order, "$2");
}
template <std::size_t L, std::size_t N, std::size_t S, std::size_t O>
consteval auto turned_page(const char (&list)[L], const char (&newer)[N], const char (&side)[S],
                           const char (&order)[O]) {
  return joined("SELECT ", kRequestColumns, kSavedColumns, ", ", kHowMany, list, "), ", kHowMany, list, " AND ", newer,
                ")", kRows, list, " AND ", side, order, "$2");
}
template <std::size_t L, std::size_t N, std::size_t O>
consteval auto page_around(const char (&list)[L], const char (&newer)[N], const char (&order)[O]) {
  return joined("SELECT ", kRequestColumns, kSavedColumns, ", ", kHowMany, list, "), ", kHowMany, list, " AND ", newer,
                ")", " FROM (SELECT * FROM user_saved_images s WHERE ", list, order, "$2 + 1 OFFSET ", kHowMany, list,
                " AND ", newer, ") / $2 * $2) s JOIN generation_requests r ON r.id = s.generation_request_id", order,
                "$2 + 1");
}

constexpr auto kFavoritesFirst = first_page(kFavorites, kFavoritesDown);
constexpr auto kFavoritesOlder = turned_page(kFavorites, kNewerFavorites, kOlderFavorites, kFavoritesDown);
constexpr auto kFavoritesNewer = turned_page(kFavorites, kNewerFavorites, kNewerFavorites, kFavoritesUp);
constexpr auto kFavoritesAround = page_around(kFavorites, kNewerFavorites, kFavoritesDown);
constexpr auto kSavedFirst = first_page(kSaved, kSavedDown);
constexpr auto kSavedOlder = turned_page(kSaved, kNewerSaved, kOlderSaved, kSavedDown);
constexpr auto kSavedNewer = turned_page(kSaved, kNewerSaved, kNewerSaved, kSavedUp);
constexpr auto kSavedAround = page_around(kSaved, kNewerSaved, kSavedDown);

sql::Statement asked(Uuid owner, List list, const Place& place, std::int64_t limit) {
  const bool hearts = list == List::favorites;
  switch (place.side) {
    case Place::Side::older:
      return sql::Statement(hearts ? sql::Text(kFavoritesOlder.data()) : sql::Text(kSavedOlder.data()), owner, limit,
                            place.picture);
    case Place::Side::newer:
      return sql::Statement(hearts ? sql::Text(kFavoritesNewer.data()) : sql::Text(kSavedNewer.data()), owner, limit,
                            place.picture);
    case Place::Side::around:
      return sql::Statement(hearts ? sql::Text(kFavoritesAround.data()) : sql::Text(kSavedAround.data()), owner, limit,
                            place.picture);
    case Place::Side::first: break;
  }
  return sql::Statement(hearts ? sql::Text(kFavoritesFirst.data()) : sql::Text(kSavedFirst.data()), owner, limit);
}

Page page_of(const sql::Rows& rows, Place::Side side, std::int64_t limit) {
  Page page;
  page.pictures = own_pictures_of(rows);
  if (rows.empty()) {
    return page;
  }
  page.total = rows[0].i64(kOwnColumnCount);
  const std::int64_t newer = rows[0].i64(kOwnColumnCount + 1);
  switch (side) {
    case Place::Side::first: break;
    case Place::Side::older: page.before = newer + 1; break;
    case Place::Side::newer:
      page.before = newer - std::ssize(page.pictures);
      std::ranges::reverse(page.pictures);
      break;
    case Place::Side::around: page.before = newer / limit * limit; break;
  }
  return page;
}

}  // namespace

void set_favorite(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on) {
  if (on) {
    keep(unit, kHeart.data(), owner, picture);
    return;
  }
  user_days::lock(unit, owner, picture);
  user_days::unkept(unit, owner, picture, user_days::Mark::heart);
  unit.write_any(sql::Statement(kReadNamed.data(), picture, owner));
  unit.write_any(sql::Statement(kDropHeart.data(), picture, owner));
  unit.write_any(sql::Statement(kUnheart.data(), picture, owner));
}

void set_saved(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on) {
  if (on) {
    keep(unit, kPin.data(), owner, picture);
    return;
  }
  user_days::lock(unit, owner, picture);
  user_days::unkept(unit, owner, picture, user_days::Mark::pin);
  unit.write_any(sql::Statement(kReadNamed.data(), picture, owner));
  unit.write_any(sql::Statement(kDropPin.data(), picture, owner));
  unit.write_any(sql::Statement(kUnpin.data(), picture, owner));
}

void set_name(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, std::string_view name) {
  if (!name.empty()) {
    set_saved(unit, owner, picture, true);
  }
  unit.write_any(sql::Statement(kName.data(), picture, owner, sql::or_null(name)));
  unit.write_any(sql::Statement(kReadAnew.data(), picture, owner));
}

Task<Page> page(UnitOfWork& unit, Uuid owner, List list, Place place, std::int64_t limit) {
  sql::Statement statement = asked(owner, list, place, limit);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  const bool is_short = place.side == Place::Side::newer && std::cmp_less(rows.size(), limit);
  const bool is_past = place.side != Place::Side::first && rows.empty();
  if (!is_short && !is_past) {
    co_return page_of(rows, place.side, limit);
  }
  sql::Statement from_the_start = asked(owner, list, Place{}, limit);
  const sql::Rows first = co_await unit.read(std::move(from_the_start));
  co_return page_of(first, Place::Side::first, limit);
}

}  // namespace aisha::stores::saved_images
