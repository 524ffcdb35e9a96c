// SPDX-License-Identifier: Apache-2.0
#include "stores/people/chats.hpp"

namespace aisha::stores::chats {
namespace {

constexpr sql::Text kLoad =
    "SELECT chat_id, user_id, card_message_id, card_revision, photo_key, caption_hash, keyboard_hash,"
    " last_seen_message_id, out_seq, pending, pending_text, pending_until, version FROM chats WHERE chat_id = $1";
constexpr sql::Text kInsert =
    "INSERT INTO chats (chat_id, user_id, card_message_id, card_revision, photo_key, caption_hash, keyboard_hash,"
    " last_seen_message_id, pending, pending_text, pending_until, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 + 1) ON CONFLICT DO NOTHING";
constexpr sql::Text kUpdate =
    "UPDATE chats SET user_id = $2, card_message_id = $3, card_revision = $4, photo_key = $5, caption_hash = $6,"
    " keyboard_hash = $7, last_seen_message_id = $8, pending = $9, pending_text = $10, pending_until = $11,"
    " version = version + 1 WHERE chat_id = $1 AND version = $12";

std::string_view text_of(domain::PendingInput pending) {
  return pending == domain::PendingInput::prompt ? "prompt" : "none";
}

}  // namespace

Task<std::optional<domain::Chat>> load(UnitOfWork& unit, std::int64_t chat_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad, chat_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  const sql::Row row = rows[0];
  domain::Chat chat;
  chat.chat_id = row.i64(0);
  chat.user_id = row.uuid(1);
  chat.card_message_id = row.i64(2);
  chat.card_revision = row.i64(3);
  chat.photo_key = row.text(4);
  chat.caption_hash = row.text(5);
  chat.keyboard_hash = row.text(6);
  chat.last_seen_message_id = row.i64(7);
  chat.out_seq = row.i64(8);
  chat.pending = row.text(9) == "prompt" ? domain::PendingInput::prompt : domain::PendingInput::none;
  chat.pending_text = row.text(10);
  chat.pending_until = row.opt_time(11);
  chat.version = row.i64(12);
  co_return chat;
}

void save(UnitOfWork& unit, domain::Chat& chat) {
  unit.write(sql::Statement(chat.version == 0 ? kInsert : kUpdate, chat.chat_id, chat.user_id, chat.card_message_id,
                            chat.card_revision, chat.photo_key, chat.caption_hash, chat.keyboard_hash,
                            chat.last_seen_message_id, text_of(chat.pending), chat.pending_text, chat.pending_until,
                            chat.version));
  ++chat.version;
}

}  // namespace aisha::stores::chats
