// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/own_data.hpp"

#include <utility>

#include "stores/people/avatars.hpp"
#include "stores/people/user_settings.hpp"
#include "stores/people/users.hpp"
#include "stores/pictures/own_row.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::own_data {
namespace {

constexpr char kLiveOnes[] = " WHERE r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NULL";
constexpr char kBinnedOnes[] =
    " WHERE r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NOT NULL AND r.purged_at IS NULL";
constexpr char kStoredOnes[] = " AND r.object_key IS NOT NULL";
constexpr auto kLive = joined(" FROM generation_requests r", kLiveOnes);
constexpr auto kBin = joined(" FROM generation_requests r", kBinnedOnes);
constexpr char kBytes[] = "(SELECT cast(coalesce(sum(r.bytes), 0) AS bigint)";
constexpr auto kFigures =
    joined("SELECT (SELECT count(*)", kLive, "), (SELECT count(*)", kBin, "), ", kBytes, kLive, ") + ", kBytes, kBin,
           "), (SELECT count(*) FROM avatars a WHERE a.user_id = $1 AND ", avatars::kNotBinned,
           "), (SELECT CASE WHEN h.is_shared = true THEN 1 ELSE 0 END FROM people_home h)");

constexpr auto kPerson = joined("SELECT ", users::kColumns, ", ", user_settings::kColumns,
                                ", coalesce(b.balance, 0), coalesce(h.balance, 0) FROM users u"
                                " LEFT JOIN user_settings s ON s.user_id = u.id"
                                " LEFT JOIN ledger_account b ON b.user_id = u.id AND b.kind = 'available'"
                                " LEFT JOIN ledger_account h ON h.user_id = u.id AND h.kind = 'held'");
constexpr auto kById = joined(kPerson, " WHERE u.id = $1");
constexpr auto kByTelegramId = joined(kPerson, " WHERE u.telegram_id = $1");

// The ids of one person first, from their own index: a range of ids in a large table is everybody's.
constexpr auto kStoredIds = joined("WITH own AS MATERIALIZED (SELECT r.id", kLive, kStoredOnes,
                                   " UNION ALL SELECT r.id", kBin, kStoredOnes, ") ");
constexpr char kFinishedIds[] =
    "WITH own AS MATERIALIZED (SELECT r.id FROM generation_requests r WHERE r.user_id = $1"
    " AND r.finished_at IS NOT NULL AND r.purged_at IS NULL) ";
constexpr char kNameColumns[] = "SELECT r.id, r.local_day, r.template_id, s.custom_name, r.object_key";
constexpr auto kNames =
    joined(kNameColumns, " FROM generation_requests r", kSavedJoin, kLiveOnes, kStoredOnes, " UNION ALL ", kNameColumns,
           " FROM generation_requests r", kSavedJoin, kBinnedOnes, kStoredOnes, " ORDER BY 1");
constexpr auto kPage =
    joined("SELECT ", kRequestColumns, kSavedColumns, " FROM own JOIN generation_requests r ON r.id = own.id",
           kSavedJoin, " WHERE own.id > $2 AND own.id <= $3 ORDER BY own.id LIMIT $4");
constexpr auto kStored = joined(kStoredIds, kPage);
constexpr auto kFinished = joined(kFinishedIds, kPage);

constexpr sql::Text kMovements =
    "SELECT x.created_at, x.kind, x.coins, x.job_id FROM ("
    "SELECT t.id, t.created_at, t.kind, t.amount AS coins, t.job_id FROM ledger_account a"
    " JOIN ledger_transfer t ON t.to_id = a.id WHERE a.user_id = $1 AND a.kind = 'available'"
    " UNION ALL SELECT t.id, t.created_at, t.kind, -t.amount, t.job_id FROM ledger_account a"
    " JOIN ledger_transfer t ON t.from_id = a.id WHERE a.user_id = $1 AND a.kind = 'available') x ORDER BY x.id";

std::optional<Person> person_in(const sql::Rows& rows) {
  if (rows.empty()) {
    return std::nullopt;
  }
  constexpr std::size_t kCoins = users::kColumnCount + user_settings::kColumnCount;
  Person out;
  out.user = users::read(rows[0], 0);
  out.settings = user_settings::read(rows[0], users::kColumnCount);
  out.available = rows[0].i64(kCoins);
  out.held = rows[0].i64(kCoins + 1);
  return out;
}

}  // namespace

Task<Figures> figures(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFigures.data(), owner).scan());
  co_return Figures{rows[0].i64(0), rows[0].i64(1), rows[0].i64(2), rows[0].i64(3), rows[0].i64(4) != 0};
}

Task<std::optional<Person>> person(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kById.data(), id));
  co_return person_in(rows);
}

Task<std::optional<Person>> person_of(UnitOfWork& unit, std::int64_t telegram_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kByTelegramId.data(), std::to_string(telegram_id)));
  co_return person_in(rows);
}

Task<std::vector<Name>> names(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNames.data(), owner).scan());
  std::vector<Name> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1), row.text(2), row.text(3), row.text(4)});
  }
  co_return out;
}

Task<std::vector<domain::OwnPicture>> stored(UnitOfWork& unit, Uuid owner, Range range, std::int64_t limit) {
  sql::Statement page(kStored.data(), owner, range.after, range.upto, limit);
  const sql::Rows rows = co_await unit.read(std::move(page).scan());
  co_return own_pictures_of(rows);
}

Task<std::vector<domain::OwnPicture>> finished(UnitOfWork& unit, Uuid owner, Range range, std::int64_t limit) {
  sql::Statement page(kFinished.data(), owner, range.after, range.upto, limit);
  const sql::Rows rows = co_await unit.read(std::move(page).scan());
  co_return own_pictures_of(rows);
}

Task<std::vector<Movement>> movements(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kMovements, owner).scan());
  std::vector<Movement> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.time(0), row.text(1), row.i64(2), row.opt_uuid(3)});
  }
  co_return out;
}

}  // namespace aisha::stores::own_data
