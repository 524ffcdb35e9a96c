// SPDX-License-Identifier: Apache-2.0
#include "stores/sharing/share_links.hpp"

#include "stores/pictures/request_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::share_links {
namespace {

constexpr auto kOfPicture =
    joined("SELECT ", kRequestColumns,
           ", l.token, l.expires_at, l.opened FROM generation_requests r LEFT JOIN share_links l"
           " ON l.generation_id = r.id AND l.revoked_at IS NULL AND l.expires_at > $3"
           " WHERE r.id = $1 AND r.user_id = $2 AND r.status = 'ready' AND r.purged_at IS NULL");
constexpr auto kOpened =
    joined("SELECT ", kRequestColumns,
           " FROM share_links l JOIN generation_requests r ON r.id = l.generation_id WHERE l.token = $1"
           " AND l.revoked_at IS NULL AND l.expires_at > $2 AND r.status = 'ready' AND r.deleted_at IS NULL");
constexpr sql::Text kMake =
    "INSERT INTO share_links (token, generation_id, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kProlong = "UPDATE share_links SET expires_at = $2 WHERE token = $1 AND revoked_at IS NULL";
constexpr sql::Text kCount = "UPDATE share_links SET opened = opened + 1 WHERE token = $1";
constexpr sql::Text kClose =
    "UPDATE share_links SET revoked_at = $3 WHERE generation_id = $1 AND user_id = $2 AND revoked_at IS NULL";

}  // namespace

Task<std::optional<Shared>> of_picture(UnitOfWork& unit, Uuid owner, Uuid picture) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOfPicture.data(), picture, owner, unit.now()));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const sql::Row row = rows[0];
  Shared out;
  out.picture = picture_of(row);
  if (!row.is_null(kRequestColumnCount)) {
    out.link = Link{row.text(kRequestColumnCount), row.time(kRequestColumnCount + 1), row.i64(kRequestColumnCount + 2)};
  }
  co_return out;
}

Task<std::optional<domain::Picture>> opened(UnitOfWork& unit, std::string token) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpened.data(), std::move(token), unit.now()));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return picture_of(rows[0]);
}

void make(UnitOfWork& unit, const domain::Picture& picture, std::string_view token, TimePoint until) {
  // Of one that has expired, too: it stays closed.
  close(unit, picture.user_id, picture.id);
  unit.write(sql::Statement(kMake, token, picture.id, picture.user_id, unit.now(), until));
}

void prolong(UnitOfWork& unit, std::string_view token, TimePoint until) {
  unit.write(sql::Statement(kProlong, token, until));
}

void count(UnitOfWork& unit, std::string_view token) {
  unit.write_any(sql::Statement(kCount, token));
}

void close(UnitOfWork& unit, const Uuid& owner, const Uuid& picture) {
  unit.write_any(sql::Statement(kClose, picture, owner, unit.now()));
}

}  // namespace aisha::stores::share_links
