// SPDX-License-Identifier: Apache-2.0
#include "stores/people/chats.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::chats {
namespace {

constexpr auto kLoad = joined("SELECT ", kColumns, " FROM chats c WHERE c.chat_id = $1");
constexpr sql::Text kInsert =
    "INSERT INTO chats (chat_id, user_id, card_message_id, card_revision, photo_key, caption_hash, keyboard_hash,"
    " last_seen_message_id, awaits, awaits_until, draft, album, topic_id, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 + 1) ON CONFLICT DO NOTHING";
constexpr sql::Text kUpdate =
    "UPDATE chats SET user_id = $2, card_message_id = $3, card_revision = $4, photo_key = $5, caption_hash = $6,"
    " keyboard_hash = $7, last_seen_message_id = $8, awaits = $9, awaits_until = $10, draft = $11,"
    " album = $12, topic_id = $13, version = version + 1 WHERE chat_id = $1 AND version = $14";

constexpr std::string_view kPrompt = "prompt";

std::string_view text_of(domain::Awaits awaits) {
  return awaits == domain::Awaits::prompt ? kPrompt : std::string_view();
}

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
  // A word of a newer release is none of ours.
  chat.awaits = row.text(first + 9) == kPrompt ? domain::Awaits::prompt : domain::Awaits::nothing;
  chat.awaits_until = row.opt_time(first + 10);
  chat.draft = row.text(first + 11);
  chat.album = row.text(first + 12);
  chat.topic_id = row.i64(first + 13);
  chat.version = row.i64(first + 14);
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
                            chat.last_seen_message_id, text_of(chat.awaits), chat.awaits_until, chat.draft, chat.album,
                            chat.topic_id, chat.version));
  ++chat.version;
}

}  // namespace aisha::stores::chats
