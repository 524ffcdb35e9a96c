// SPDX-License-Identifier: Apache-2.0
#include "stores/people/users.hpp"

#include <charconv>

#include "base/zone.hpp"

namespace aisha::stores::users {
namespace {

constexpr sql::Text kFind =
    "SELECT id, telegram_id, first_name, last_name, username, language_code, timezone, is_premium, is_bot, is_blocked,"
    " created_at, updated_at FROM users WHERE telegram_id = $1";
constexpr sql::Text kLoad =
    "SELECT id, telegram_id, first_name, last_name, username, language_code, timezone, is_premium, is_bot, is_blocked,"
    " created_at, updated_at FROM users WHERE id = $1";
constexpr sql::Text kCreate =
    "INSERT INTO users (id, telegram_id, first_name, last_name, username, language_code, timezone, is_premium, is_bot,"
    " is_blocked, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kUpdate =
    "UPDATE users SET first_name = $2, last_name = $3, username = $4, language_code = $5, is_premium = $6,"
    " updated_at = $7 WHERE id = $1";
constexpr sql::Text kBlock = "UPDATE users SET is_blocked = $2, updated_at = $3 WHERE id = $1";

std::optional<domain::User> first_user(const sql::Rows& rows) {
  if (rows.empty()) {
    return std::nullopt;
  }
  const sql::Row row = rows[0];
  domain::User user;
  user.id = row.uuid(0);
  const std::string& number = row.text(1);
  std::from_chars(number.data(), number.data() + number.size(), user.telegram_id);
  user.first_name = row.text(2);
  user.last_name = row.text(3);
  user.username = row.text(4);
  user.language_code = row.text(5);
  if (auto zone = usual_zone(row.text(6))) {
    user.timezone = std::move(*zone);
  }
  user.is_premium = row.boolean(7);
  user.is_bot = row.boolean(8);
  user.is_blocked = row.boolean(9);
  user.created_at = row.time(10);
  user.updated_at = row.time(11);
  return user;
}

}  // namespace

Task<std::optional<domain::User>> find(UnitOfWork& unit, std::int64_t telegram_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind, std::to_string(telegram_id)));
  co_return first_user(rows);
}

Task<std::optional<domain::User>> load(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad, id));
  co_return first_user(rows);
}

void create(UnitOfWork& unit, const domain::User& user) {
  unit.write(sql::Statement(kCreate, user.id, std::to_string(user.telegram_id), user.first_name,
                            sql::or_null(user.last_name), sql::or_null(user.username), user.language_code,
                            sql::or_null(user.timezone), user.is_premium, user.is_bot, user.is_blocked, unit.now()));
}

void update_profile(UnitOfWork& unit, const domain::User& user) {
  unit.write(sql::Statement(kUpdate, user.id, user.first_name, sql::or_null(user.last_name),
                            sql::or_null(user.username), user.language_code, user.is_premium, unit.now()));
}

void set_blocked(UnitOfWork& unit, const Uuid& user_id, bool blocked) {
  unit.write(sql::Statement(kBlock, user_id, blocked, unit.now()));
}

}  // namespace aisha::stores::users
