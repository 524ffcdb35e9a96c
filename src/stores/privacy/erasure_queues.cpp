// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/erasure_queues.hpp"

#include <fmt/format.h>

#include <limits>

namespace aisha::stores::erasure {
namespace {

// What shows something of the person's own is known by its key even where Telegram's id of it was not kept.
constexpr sql::Text kBlankCards =
    "INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
    " SELECT c.chat_id, c.card_message_id, $2, $3, $3 FROM chats c WHERE c.user_id = $1 AND c.card_message_id <> 0"
    " AND (c.photo_key LIKE 'result/%' OR c.photo_key LIKE 'own/%' OR c.photo_key LIKE 'faces/%'"
    " OR c.photo_key LIKE 'chart/%' OR EXISTS"
    " (SELECT 1 FROM file_ids f WHERE f.photo_key = c.photo_key AND f.user_id = $1))"
    " ON CONFLICT (chat_id, message_id) DO NOTHING";
constexpr sql::Text kDropCards =
    "UPDATE chats SET card_message_id = 0, photo_key = '', caption_hash = '', keyboard_hash = '', version = version + 1"
    " WHERE user_id = $1 AND card_message_id <> 0 AND EXISTS (SELECT 1 FROM message_blanks b"
    " WHERE b.chat_id = chats.chat_id AND b.message_id = chats.card_message_id)";
constexpr sql::Text kMessages =
    "DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o WHERE o.lane = $1"
    " AND (o.state <> 'sending' OR o.due_at <= $2) ORDER BY o.seq LIMIT $3)";
constexpr sql::Text kDrop = "DELETE FROM outbox WHERE lane = $1";
constexpr sql::Text kTelling = "SELECT 1 FROM outbox WHERE lane = $1 AND done_at IS NULL AND state = 'sending' LIMIT 1";
constexpr sql::Text kNew = "SELECT 1 FROM inbox WHERE lane IN ($1, $2, $3, $4) AND state = 'new' LIMIT 1";
constexpr sql::Text kPage =
    "SELECT bot_id, update_id FROM inbox WHERE (bot_id, update_id) > ($1, $2) ORDER BY bot_id, update_id"
    " LIMIT 1 OFFSET $3";
constexpr sql::Text kUpdates =
    "DELETE FROM inbox WHERE (bot_id, update_id) > ($1, $2) AND (bot_id, update_id) <= ($3, $4) AND state <> 'new'"
    " AND (lane IN ($5, $6, $7, $8) OR body LIKE $9 OR body LIKE $10)";

// Lanes beside a chat's own: what a person asks inline, pays and is asked to confirm.
constexpr std::int64_t kInline = std::int64_t{1} << 60;
constexpr std::int64_t kPayments = std::int64_t{1} << 61;
constexpr std::int64_t kCheckouts = std::int64_t{1} << 62;

}  // namespace

void blank_cards(UnitOfWork& unit, const Uuid& person) {
  unit.write_any(sql::Statement(kBlankCards, person, TimePoint{}, unit.now()));
  unit.write_any(sql::Statement(kDropCards, person));
}

Task<std::int64_t> delete_messages(UnitOfWork& unit, std::int64_t chat_id, std::int64_t limit) {
  const sql::Rows gone = co_await unit.at_once(sql::Statement(kMessages, chat_id, unit.now(), limit));
  co_return gone.affected();
}

void drop_messages(UnitOfWork& unit, std::int64_t chat_id) {
  unit.write_any(sql::Statement(kDrop, chat_id));
}

Task<bool> is_telling(UnitOfWork& unit, std::int64_t chat_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kTelling, chat_id));
  co_return !rows.empty();
}

Task<bool> has_new_updates(UnitOfWork& unit, std::int64_t telegram_id) {
  const sql::Rows rows = co_await unit.read(
      sql::Statement(kNew, telegram_id, kInline + telegram_id, kPayments + telegram_id, kCheckouts + telegram_id));
  co_return !rows.empty();
}

Task<UpdatePage> delete_updates(UnitOfWork& unit, std::int64_t telegram_id, UpdatePlace after, std::int64_t limit) {
  const sql::Rows end = co_await unit.read(sql::Statement(kPage, after.bot_id, after.update_id, limit - 1).scan());
  UpdatePage page;
  page.ends = end.empty();
  constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
  page.last = page.ends ? UpdatePlace{kLast, kLast} : UpdatePlace{end[0].i64(0), end[0].i64(1)};
  sql::Batch batch;
  // As Telegram writes it, with and without another member behind.
  const std::string inside = fmt::format("%\"id\":{},%", telegram_id);
  const std::string at_end = fmt::format("%\"id\":{}}}%", telegram_id);
  batch.push_back(
      {sql::Statement(kUpdates, after.bot_id, after.update_id, page.last.bot_id, page.last.update_id, telegram_id,
                      kInline + telegram_id, kPayments + telegram_id, kCheckouts + telegram_id, inside, at_end),
       std::nullopt});
  co_await unit.at_once(std::move(batch));
  co_return page;
}

}  // namespace aisha::stores::erasure
