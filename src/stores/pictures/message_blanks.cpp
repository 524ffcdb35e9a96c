// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/message_blanks.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::message_blanks {
namespace {

// From chat to chat by the index, however many messages of each wait.
constexpr char kChats[] =
    "WITH RECURSIVE waiting (chat_id) AS (SELECT min(chat_id) FROM message_blanks UNION ALL"
    " SELECT (SELECT min(b.chat_id) FROM message_blanks b WHERE b.chat_id > w.chat_id) FROM waiting w"
    " WHERE w.chat_id IS NOT NULL) ";
constexpr char kDueAt[] = "(SELECT max(b.next_at) FROM message_blanks b WHERE b.chat_id = w.chat_id)";
constexpr char kFirst[] =
    "(SELECT b.message_id FROM message_blanks b WHERE b.chat_id = w.chat_id ORDER BY b.attempts, b.message_id LIMIT 1)";

constexpr auto kNextDue = joined(kChats, "SELECT min(", kDueAt, ") FROM waiting w WHERE w.chat_id IS NOT NULL");
// Of two processes that mean the same message the second one finds that it waits.
constexpr auto kClaim =
    joined(kChats,
           "UPDATE message_blanks SET next_at = $1, attempts = attempts + 1 WHERE next_at <= $2"
           " AND (chat_id, message_id) IN (SELECT w.chat_id, ",
           kFirst, " FROM waiting w WHERE w.chat_id IS NOT NULL AND ", kDueAt,
           " <= $2 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.lane = w.chat_id AND o.done_at IS NULL) LIMIT $3)"
           " RETURNING chat_id, message_id, sent_at, attempts, created_at");
constexpr sql::Text kSentAfter =
    "SELECT message_id FROM message_blanks WHERE chat_id = $1 AND sent_at > $2 ORDER BY message_id LIMIT $3";
constexpr sql::Text kEnd = "DELETE FROM message_blanks WHERE chat_id = $1 AND message_id = $2";
constexpr sql::Text kForgetAge = "UPDATE message_blanks SET sent_at = $3 WHERE chat_id = $1 AND message_id = $2";
constexpr sql::Text kRest = "UPDATE message_blanks SET next_at = $3 WHERE chat_id = $1 AND message_id = $2";
constexpr sql::Text kRestAnother =
    "UPDATE message_blanks SET next_at = $2 WHERE chat_id = $1 AND message_id = (SELECT b.message_id"
    " FROM message_blanks b WHERE b.chat_id = $1 ORDER BY b.attempts, b.message_id LIMIT 1)";

}  // namespace

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue.data()));
  co_return rows[0].opt_time(0);
}

Task<std::vector<Taken>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kClaim.data(), unit.now() + lease, unit.now(), limit));
  std::vector<Taken> taken;
  for (const sql::Row row : rows) {
    taken.push_back({row.i64(0), row.i64(1), row.time(2), row.i64(3), row.time(4)});
  }
  co_return taken;
}

Task<std::vector<std::int64_t>> sent_after(UnitOfWork& unit, std::int64_t chat_id, TimePoint moment,
                                           std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSentAfter, chat_id, moment, limit));
  std::vector<std::int64_t> messages;
  for (const sql::Row row : rows) {
    messages.push_back(row.i64(0));
  }
  co_return messages;
}

void end(UnitOfWork& unit, std::int64_t chat_id, const std::vector<std::int64_t>& messages) {
  for (const std::int64_t message : messages) {
    unit.write_any(sql::Statement(kEnd, chat_id, message));
  }
}

void forget_age(UnitOfWork& unit, std::int64_t chat_id, const std::vector<std::int64_t>& messages) {
  for (const std::int64_t message : messages) {
    unit.write_any(sql::Statement(kForgetAge, chat_id, message, TimePoint{}));
  }
}

void rest(UnitOfWork& unit, const Taken& taken, TimePoint until) {
  unit.write_any(sql::Statement(kRest, taken.chat_id, taken.message_id, until));
  // The one in hand may have ended: another one holds its chat then.
  unit.write_any(sql::Statement(kRestAnother, taken.chat_id, until));
}

}  // namespace aisha::stores::message_blanks
