// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/user_days.hpp"

#include <algorithm>

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::user_days {
namespace {

constexpr sql::Text kReady =
    "INSERT INTO user_days (user_id, local_day, style, pictures, made, spent, timed, took_ms)"
    " SELECT r.user_id, r.local_day, coalesce(r.template_id, ''), 1, 1, r.price, $3, $2 FROM generation_requests r"
    " WHERE r.id = $1 ON CONFLICT (user_id, local_day, style) DO UPDATE SET pictures = user_days.pictures + 1,"
    " made = user_days.made + 1, spent = user_days.spent + excluded.spent, timed = user_days.timed + excluded.timed,"
    " took_ms = user_days.took_ms + excluded.took_ms";
constexpr sql::Text kImported =
    "INSERT INTO user_days (user_id, local_day, style, pictures, made, kept) VALUES ($1, $2, $3, 1, 1, $4)"
    " ON CONFLICT (user_id, local_day, style) DO UPDATE SET pictures = user_days.pictures + 1,"
    " made = user_days.made + 1, kept = user_days.kept + excluded.kept";

/// The row that counts the picture $1.
constexpr char kOfPicture[] =
    " FROM generation_requests r WHERE r.id = $1 AND user_days.user_id = r.user_id"
    " AND user_days.local_day = r.local_day AND user_days.style = coalesce(r.template_id, '')";
constexpr auto kRemoved = joined("UPDATE user_days SET pictures = pictures - 1, dropped = dropped + 1", kOfPicture);
constexpr auto kRestored = joined(
    "UPDATE user_days SET pictures = pictures + 1,"
    " dropped = dropped - CASE WHEN r.deleted_batch IS NULL THEN 1 ELSE 0 END",
    kOfPicture);
/// The same for a picture of the person $2.
constexpr char kOfOwned[] =
    " FROM generation_requests r WHERE r.id = $1 AND r.user_id = $2 AND user_days.user_id = r.user_id"
    " AND user_days.local_day = r.local_day AND user_days.style = coalesce(r.template_id, '')";
constexpr char kLive[] = " AND r.status = 'ready' AND r.deleted_at IS NULL";
constexpr char kHasRow[] =
    " EXISTS (SELECT 1 FROM user_saved_images s WHERE s.user_id = r.user_id AND s.generation_request_id = r.id";
constexpr auto kLock = joined("UPDATE user_days SET kept = kept + 0", kOfOwned);
constexpr auto kKept = joined("UPDATE user_days SET kept = kept + 1", kOfOwned, kLive, " AND NOT", kHasRow, ")");
constexpr auto kLastHeart = joined("UPDATE user_days SET kept = kept - 1", kOfOwned, kLive, " AND", kHasRow,
                                   " AND s.is_favorite = true AND s.is_saved = false)");
constexpr auto kLastPin = joined("UPDATE user_days SET kept = kept - 1", kOfOwned, kLive, " AND", kHasRow,
                                 " AND s.is_saved = true AND s.is_favorite = false)");

/// The rows that count the pictures of a step, with how many of them each.
constexpr char kOfStep[] =
    " FROM (SELECT r.user_id, r.local_day, coalesce(r.template_id, '') AS style, count(*) AS moved"
    " FROM generation_requests r WHERE r.deleted_batch = $1 AND r.deleted_at = $2 AND r.purged_at IS NULL"
    " AND (r.local_day, r.id) < ($3, $4) AND (r.local_day, r.id) >= ($5, $6)"
    " GROUP BY r.user_id, r.local_day, coalesce(r.template_id, '')) step WHERE user_days.user_id = step.user_id"
    " AND user_days.local_day = step.local_day AND user_days.style = step.style";
constexpr auto kCleared = joined("UPDATE user_days SET pictures = pictures - step.moved", kOfStep);
constexpr auto kUncleared = joined("UPDATE user_days SET pictures = pictures + step.moved", kOfStep);

sql::Statement of_step(sql::Text text, const Step& step) {
  return sql::Statement(text, step.clear, step.upto, step.behind.local_day, step.behind.id, step.last.local_day,
                        step.last.id);
}

constexpr sql::Text kPurged =
    "UPDATE user_days SET kept = kept - 1 WHERE user_id = $1 AND local_day = $2 AND style = $3"
    " AND EXISTS (SELECT 1 FROM user_saved_images s WHERE s.generation_request_id = $4)";

// What is thrown away keeps its heart: favourites are counted where they can be looked at.
constexpr sql::Text kFigures =
    "SELECT CASE WHEN d.local_day >= $2 THEN d.local_day ELSE substr(d.local_day, 1, 7) END, d.style,"
    " cast(sum(d.pictures) AS bigint), cast(sum(d.made) AS bigint), cast(sum(d.spent) AS bigint),"
    " cast(sum(d.timed) AS bigint), cast(sum(d.took_ms) AS bigint), 0 FROM user_days d WHERE d.user_id = $1"
    " GROUP BY 1, 2"
    " UNION ALL SELECT CASE WHEN g.local_day >= $2 THEN g.local_day ELSE substr(g.local_day, 1, 7) END, '',"
    " 0, 0, 0, 0, 0, count(*) FROM user_saved_images s JOIN generation_requests g ON g.id = s.generation_request_id"
    " WHERE s.user_id = $1 AND s.is_favorite = true AND s.in_trash = false GROUP BY 1"
    " UNION ALL SELECT '', '', 0, 0, 0, 0, 0, count(*) FROM generation_requests b"
    " WHERE b.user_id = $1 AND b.status = 'ready' AND b.deleted_at IS NOT NULL AND b.purged_at IS NULL";

}  // namespace

void ready(UnitOfWork& unit, const Uuid& picture, std::optional<Millis> took) {
  const std::int64_t length = took ? std::max<std::int64_t>(took->count(), 0) : 0;
  unit.write(sql::Statement(kReady, picture, length, took ? 1 : 0));
}

void imported(UnitOfWork& unit, const domain::Picture& picture, bool is_kept) {
  unit.write(sql::Statement(kImported, picture.user_id, picture.local_day, picture.template_id, is_kept ? 1 : 0));
}

// A counter that is off already must keep nobody from deleting: whether a row was found is a question of the audit.

void removed(UnitOfWork& unit, const Uuid& picture) {
  unit.write_any(sql::Statement(kRemoved.data(), picture));
}

void restored(UnitOfWork& unit, const Uuid& picture) {
  unit.write_any(sql::Statement(kRestored.data(), picture));
}

void cleared(UnitOfWork& unit, const Step& step) {
  unit.write_any(of_step(kCleared.data(), step));
}

void uncleared(UnitOfWork& unit, const Step& step) {
  unit.write_any(of_step(kUncleared.data(), step));
}

void lock(UnitOfWork& unit, const Uuid& owner, const Uuid& picture) {
  unit.write_any(sql::Statement(kLock.data(), picture, owner));
}

void kept(UnitOfWork& unit, const Uuid& owner, const Uuid& picture) {
  unit.write_any(sql::Statement(kKept.data(), picture, owner));
}

void unkept(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, Mark mark) {
  const sql::Text last = mark == Mark::heart ? sql::Text(kLastHeart.data()) : sql::Text(kLastPin.data());
  unit.write_any(sql::Statement(last, picture, owner));
}

void purged(UnitOfWork& unit, const domain::Picture& picture) {
  unit.write_any(sql::Statement(kPurged, picture.user_id, picture.local_day, picture.template_id, picture.id));
}

Task<Figures> figures(UnitOfWork& unit, Uuid user_id, std::string_view days_from) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFigures, user_id, days_from).scan());
  Figures out;
  for (const sql::Row row : rows) {
    if (row.text(0).empty()) {
      out.binned = row.i64(7);
      continue;
    }
    FigureRow one;
    one.span = row.text(0);
    one.style = row.text(1);
    one.pictures = row.i64(2);
    one.made = row.i64(3);
    one.spent = row.i64(4);
    one.timed = row.i64(5);
    one.took_ms = row.i64(6);
    one.favourites = row.i64(7);
    out.rows.push_back(std::move(one));
  }
  co_return out;
}

}  // namespace aisha::stores::user_days
