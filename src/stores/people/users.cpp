// SPDX-License-Identifier: Apache-2.0
#include "stores/people/users.hpp"

#include <charconv>

#include "base/zone.hpp"

namespace aisha::stores::users {
namespace {

constexpr sql::Text kCreate =
    "INSERT INTO users (id, telegram_id, first_name, last_name, username, language_code, timezone, is_premium, is_bot,"
    " is_blocked, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kUpdate =
    "UPDATE users SET first_name = $2, last_name = $3, username = $4, language_code = $5, is_premium = $6,"
    " updated_at = $7 WHERE id = $1";
constexpr sql::Text kBlock = "UPDATE users SET is_blocked = $2, updated_at = $3 WHERE id = $1";

constexpr sql::Text kZone = "UPDATE users SET timezone = $2, updated_at = $3 WHERE id = $1";

}  // namespace

domain::User read(const sql::Row& row, std::size_t first) {
  domain::User user;
  user.id = row.uuid(first);
  const std::string& number = row.text(first + 1);
  std::from_chars(number.data(), number.data() + number.size(), user.telegram_id);
  user.first_name = row.text(first + 2);
  user.last_name = row.text(first + 3);
  user.username = row.text(first + 4);
  user.language_code = row.text(first + 5);
  if (auto zone = usual_zone(row.text(first + 6))) {
    user.timezone = std::move(*zone);
  }
  user.is_premium = row.boolean(first + 7);
  user.is_bot = row.boolean(first + 8);
  user.is_blocked = row.boolean(first + 9);
  user.created_at = row.time(first + 10);
  user.updated_at = row.time(first + 11);
  return user;
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

void set_zone(UnitOfWork& unit, const Uuid& user_id, std::string_view zone) {
  unit.write(sql::Statement(kZone, user_id, zone, unit.now()));
}

void set_blocked(UnitOfWork& unit, const Uuid& user_id, bool blocked) {
  unit.write(sql::Statement(kBlock, user_id, blocked, unit.now()));
}

}  // namespace aisha::stores::users
