// SPDX-License-Identifier: Apache-2.0
#include "stores/sharing/newest_own.hpp"

#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores {
namespace {

constexpr char kLive[] =
    " WHERE r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NULL AND coalesce(s.is_favorite, false) = false";
constexpr char kOrder[] = " ORDER BY r.local_day DESC, r.id DESC LIMIT $2";
constexpr auto kFirst =
    joined("SELECT ", kRequestColumns, kSavedColumns, " FROM generation_requests r", kSavedJoin, kLive, kOrder);
constexpr auto kBehind =
    joined("SELECT ", kRequestColumns, kSavedColumns, " FROM generation_requests r", kSavedJoin, kLive,
           " AND (r.local_day, r.id) < (SELECT b.local_day, b.id FROM generation_requests b WHERE b.id = $3"
           " AND b.user_id = $1)",
           kOrder);

}  // namespace

Task<std::vector<domain::OwnPicture>> newest_own(UnitOfWork& unit, Uuid owner, std::optional<Uuid> behind,
                                                 std::int64_t limit) {
  sql::Statement page(kFirst.data(), owner, limit);
  if (behind) {
    page = sql::Statement(kBehind.data(), owner, limit, *behind);
  }
  const sql::Rows rows = co_await unit.read(std::move(page));
  co_return own_pictures_of(rows);
}

}  // namespace aisha::stores
