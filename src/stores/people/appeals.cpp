// SPDX-License-Identifier: Apache-2.0
#include "stores/people/appeals.hpp"

#include <array>

#include "base/encoding.hpp"
#include "domain/enum_names.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::appeals {
namespace {

constexpr std::array<std::string_view, 3> kStates = {"open", "allowed", "rejected"};

constexpr char kAppeal[] =
    "SELECT id, user_id, chat_id, prompt, category, state, created_at, decided_at FROM moderation_appeals";
constexpr sql::Text kIsAllowed =
    "SELECT 1 FROM moderation_appeals WHERE prompt_sha256 = $1 AND state = 'allowed' LIMIT 1";
constexpr auto kOwn = joined(kAppeal, " WHERE user_id = $1 AND prompt_sha256 = $2");
constexpr auto kOwnAllowed =
    joined(kAppeal, " WHERE user_id = $1 AND prompt_sha256 >= $2 AND prompt_sha256 < $3 AND state || '' = 'allowed'",
           " ORDER BY prompt_sha256 LIMIT 1");
constexpr sql::Text kWaiting = "SELECT count(*) FROM moderation_appeals WHERE user_id = $1 AND state || '' = 'open'";
constexpr auto kAllOf = joined(kAppeal, " WHERE user_id = $1 ORDER BY created_at, id");
constexpr auto kFind = joined(kAppeal, " WHERE id = $1");
constexpr auto kOpen = joined(kAppeal, " WHERE state = 'open' ORDER BY created_at LIMIT $1");
constexpr sql::Text kAdd =
    "INSERT INTO moderation_appeals (id, user_id, chat_id, prompt, prompt_sha256, category, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
constexpr sql::Text kDecide =
    "UPDATE moderation_appeals SET state = $2, decided_at = $3 WHERE id = $1 AND state || '' = 'open'";

Appeal appeal_of(const sql::Row& row) {
  Appeal out;
  out.id = row.uuid(0);
  out.user_id = row.opt_uuid(1);
  out.chat_id = row.opt_i64(2);
  out.prompt = row.text(3);
  out.category = row.text(4);
  out.state = domain::enum_names::value_of<State>(kStates, row.text(5));
  out.created_at = row.time(6);
  out.decided_at = row.opt_time(7);
  return out;
}

std::optional<Appeal> first_of(const sql::Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(appeal_of(rows[0]));
}

std::vector<Appeal> all_in(const sql::Rows& rows) {
  std::vector<Appeal> out;
  for (const sql::Row row : rows) {
    out.push_back(appeal_of(row));
  }
  return out;
}

}  // namespace

std::string_view text_of(State state) {
  return domain::enum_names::text_of(kStates, state);
}

std::string hash_of(std::string_view prompt) {
  return encoding::sha256_hex(prompt);
}

Task<bool> is_allowed(UnitOfWork& unit, std::string hash) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kIsAllowed, hash));
  co_return !rows.empty();
}

Task<std::optional<Appeal>> own(UnitOfWork& unit, Uuid user_id, std::string hash) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwn.data(), user_id, hash));
  co_return first_of(rows);
}

Task<std::optional<Appeal>> own_allowed(UnitOfWork& unit, Uuid user_id, std::string hash_begins) {
  // Behind every hexadecimal digit.
  std::string end = hash_begins + "g";
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwnAllowed.data(), user_id, hash_begins, end));
  co_return first_of(rows);
}

Task<std::int64_t> waiting(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kWaiting, user_id));
  co_return rows[0].i64(0);
}

Task<std::vector<Appeal>> all_of(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAllOf.data(), user_id));
  co_return all_in(rows);
}

Task<std::optional<Appeal>> find(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), id));
  co_return first_of(rows);
}

Task<std::vector<Appeal>> open(UnitOfWork& unit, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpen.data(), limit));
  co_return all_in(rows);
}

void add(UnitOfWork& unit, const Appeal& appeal) {
  unit.write(sql::Statement(kAdd, appeal.id, appeal.user_id, appeal.chat_id, appeal.prompt, hash_of(appeal.prompt),
                            appeal.category, unit.now()));
}

void decide(UnitOfWork& unit, const Uuid& id, State state) {
  unit.write(sql::Statement(kDecide, id, text_of(state), unit.now()));
}

}  // namespace aisha::stores::appeals
