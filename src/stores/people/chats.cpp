// SPDX-License-Identifier: Apache-2.0
#include "stores/people/chats.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::chats {
namespace {

constexpr auto kLoad = joined("SELECT ", kColumns, " FROM chats c WHERE c.chat_id = $1");
constexpr sql::Text kInsert =
    "INSERT INTO chats (chat_id, user_id, card_message_id, card_revision, photo_key, caption_hash, keyboard_hash,"
    " last_seen_message_id, awaits, awaits_ref, awaits_until, draft, searched, album, topic_id, version,"
    " draft_ref)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 + 1, $17) ON CONFLICT DO NOTHING";
constexpr sql::Text kUpdate =
    "UPDATE chats SET user_id = $2, card_message_id = $3, card_revision = $4, photo_key = $5, caption_hash = $6,"
    " keyboard_hash = $7, last_seen_message_id = $8, awaits = $9, awaits_ref = $10, awaits_until = $11,"
    " draft = $12, searched = $13, album = $14, topic_id = $15, draft_ref = $17, version = version + 1"
    " WHERE chat_id = $1 AND version = $16";

}  // namespace

std::optional<domain::Chat> read(const sql::Row& row, std::size_t first) {
  if (row.is_null(first)) {
    return std::nullopt;
  }
  domain::Chat chat;
  chat.chat_id = row.i64(first);
  chat.user_id = row.uuid(first + 1);
  chat.card_message_id = row.i64(first + 2);
  chat.card_revision = row.i64(first + 3);
  chat.photo_key = row.text(first + 4);
  chat.caption_hash = row.text(first + 5);
  chat.keyboard_hash = row.text(first + 6);
  chat.last_seen_message_id = row.i64(first + 7);
  chat.out_seq = row.i64(first + 8);
  chat.awaits = domain::awaits_from(row.text(first + 9));
  chat.awaits_ref = row.opt_uuid(first + 10);
  chat.awaits_until = row.opt_time(first + 11);
  chat.draft = row.text(first + 12);
  chat.searched = row.text(first + 13);
  chat.album = row.text(first + 14);
  chat.topic_id = row.i64(first + 15);
  chat.version = row.i64(first + 16);
  chat.draft_ref = row.opt_uuid(first + 17);
  return chat;
}

Task<std::optional<domain::Chat>> load(UnitOfWork& unit, std::int64_t chat_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad.data(), chat_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return read(rows[0], 0);
}

void save(UnitOfWork& unit, domain::Chat& chat) {
  unit.write(sql::Statement(chat.version == 0 ? kInsert : kUpdate, chat.chat_id, chat.user_id, chat.card_message_id,
                            chat.card_revision, chat.photo_key, chat.caption_hash, chat.keyboard_hash,
                            chat.last_seen_message_id, domain::text_of(chat.awaits), chat.awaits_ref, chat.awaits_until,
                            chat.draft, chat.searched, chat.album, chat.topic_id, chat.version, chat.draft_ref));
  ++chat.version;
}

}  // namespace aisha::stores::chats
