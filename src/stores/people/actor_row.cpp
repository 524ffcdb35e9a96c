// SPDX-License-Identifier: Apache-2.0
#include "stores/people/actor_row.hpp"

#include "stores/people/avatars.hpp"
#include "stores/people/chats.hpp"
#include "stores/people/user_settings.hpp"
#include "stores/people/users.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::actor_row {
namespace {

constexpr char kOwn[] =
    " LEFT JOIN user_settings s ON s.user_id = u.id"
    " LEFT JOIN ledger_account b ON b.user_id = u.id AND b.kind = 'available'";
constexpr char kOwed[] =
    ", CASE WHEN EXISTS (SELECT 1 FROM outbox p WHERE p.lane = $2 AND p.state = 'parked') THEN 1 ELSE 0 END";
constexpr char kErased[] =
    ", CASE WHEN EXISTS (SELECT 1 FROM data_requests d WHERE d.user_id = u.id AND d.finished_at IS NULL"
    " AND d.kind = 'erase') THEN 1 ELSE 0 END";
// All avatars of the person, of which the first by rank is taken: a subquery for its id is a condition that PostgreSQL
// cannot look up before it has statistics, and it would read everybody's.
constexpr auto kFind =
    joined("SELECT ", users::kColumns, ", ", user_settings::kColumns, ", b.balance, ", chats::kColumns, ", ",
           avatars::kColumns, kOwed, kErased, " FROM users u", kOwn, " LEFT JOIN chats c ON c.chat_id = $2",
           " LEFT JOIN avatars a ON a.user_id = u.id AND ", avatars::kNotBinned, avatars::kBeside,
           " WHERE u.telegram_id = $1 ORDER BY ", avatars::kMainFirst, " LIMIT 1");
constexpr auto kOfChat =
    joined("SELECT ", users::kColumns, ", ", user_settings::kColumns, ", b.balance, c.topic_id", kErased,
           ", c.card_revision FROM chats c JOIN users u ON u.id = c.user_id", kOwn, " WHERE c.chat_id = $1");

constexpr std::size_t kSettings = users::kColumnCount;
constexpr std::size_t kAvailable = kSettings + user_settings::kColumnCount;
constexpr std::size_t kChat = kAvailable + 1;
constexpr std::size_t kAvatar = kChat + chats::kColumnCount;
constexpr std::size_t kIsOwed = kAvatar + avatars::kColumnCount;
constexpr std::size_t kIsErased = kIsOwed + 1;

}  // namespace

Task<std::optional<ActorRow>> find(UnitOfWork& unit, std::int64_t telegram_id, std::int64_t chat_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), std::to_string(telegram_id), chat_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const sql::Row row = rows[0];
  ActorRow out;
  out.user = users::read(row, 0);
  out.settings = user_settings::read(row, kSettings);
  out.available = row.opt_i64(kAvailable);
  out.chat = chats::read(row, kChat);
  out.main_avatar = avatars::read(row, kAvatar);
  out.is_owed = row.i64(kIsOwed) != 0;
  out.is_being_erased = row.i64(kIsErased) != 0;
  co_return out;
}

Task<std::optional<ListenerRow>> of_chat(UnitOfWork& unit, std::int64_t chat_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOfChat.data(), chat_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const sql::Row row = rows[0];
  ListenerRow out;
  out.user = users::read(row, 0);
  out.settings = user_settings::read(row, kSettings);
  out.available = row.opt_i64(kAvailable).value_or(0);
  out.topic_id = row.i64(kAvailable + 1);
  out.is_being_erased = row.i64(kAvailable + 2) != 0;
  out.card_revision = row.i64(kAvailable + 3);
  co_return out;
}

}  // namespace aisha::stores::actor_row
