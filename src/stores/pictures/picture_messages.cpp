// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/picture_messages.hpp"

#include "domain/enum_names.hpp"
#include "domain/picture.hpp"

namespace aisha::stores::picture_messages {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"result", "photo", "document", "album", "share"};

constexpr sql::Text kNote =
    "INSERT INTO picture_messages (chat_id, message_id, generation_id, kind, sent_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (chat_id, message_id) DO UPDATE SET generation_id = excluded.generation_id, kind = excluded.kind,"
    " sent_at = CASE WHEN excluded.sent_at > picture_messages.sent_at THEN excluded.sent_at"
    " ELSE picture_messages.sent_at END";
constexpr sql::Text kKeep = "DELETE FROM message_blanks WHERE chat_id = $1 AND message_id = $2";
constexpr sql::Text kForget = "DELETE FROM picture_messages WHERE chat_id = $1 AND message_id = $2";
constexpr sql::Text kOf =
    "SELECT chat_id, message_id, generation_id, kind, sent_at FROM picture_messages WHERE generation_id = $1"
    " ORDER BY message_id DESC LIMIT $2";

constexpr sql::Text kBlankCards =
    "INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
    " SELECT chat_id, card_message_id, $3, $4, $4 FROM chats"
    " WHERE user_id = (SELECT user_id FROM generation_requests WHERE id = $1)"
    " AND photo_key = $2 AND card_message_id <> 0 ON CONFLICT (chat_id, message_id) DO NOTHING";
constexpr sql::Text kDropCards =
    "UPDATE chats SET card_message_id = 0, photo_key = '', caption_hash = '', keyboard_hash = '', version = version + 1"
    " WHERE user_id = (SELECT user_id FROM generation_requests WHERE id = $1)"
    " AND photo_key = $2 AND card_message_id <> 0";
constexpr sql::Text kBlankMessages =
    "INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
    " SELECT chat_id, message_id, sent_at, $2, $2 FROM picture_messages WHERE generation_id = $1"
    " ON CONFLICT (chat_id, message_id) DO NOTHING";
// The message of its batch shows it among others.
constexpr sql::Text kBlankBatch =
    "INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)"
    " SELECT b.chat_id, b.message_id, $2, $3, $3 FROM batches b"
    " WHERE b.id = (SELECT r.batch_id FROM generation_requests r WHERE r.id = $1) AND b.message_id <> 0"
    " ON CONFLICT (chat_id, message_id) DO NOTHING";
constexpr sql::Text kDrop = "DELETE FROM picture_messages WHERE generation_id = $1";

}  // namespace

std::string_view text_of(Kind kind) {
  return domain::enum_names::text_of(kKinds, kind);
}

void note(UnitOfWork& unit, const Message& message) {
  unit.write(sql::Statement(kNote, message.chat_id, message.message_id, message.generation_id, text_of(message.kind),
                            message.sent_at));
  unit.write_any(sql::Statement(kKeep, message.chat_id, message.message_id));
}

void forget(UnitOfWork& unit, std::int64_t chat_id, std::int64_t message_id) {
  unit.write_any(sql::Statement(kForget, chat_id, message_id));
}

Task<std::vector<Message>> of_picture(UnitOfWork& unit, Uuid generation_id, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOf, generation_id, limit));
  std::vector<Message> out;
  for (const sql::Row row : rows) {
    const Kind kind = domain::enum_names::value_of<Kind>(kKinds, row.text(3));
    out.push_back({row.i64(0), row.i64(1), row.uuid(2), kind, row.time(4)});
  }
  co_return out;
}

void blank(UnitOfWork& unit, const Uuid& generation_id) {
  const std::string shown = domain::result_photo_key(generation_id);
  // How old a menu card is nobody knows.
  unit.write_any(sql::Statement(kBlankCards, generation_id, shown, TimePoint{}, unit.now()));
  unit.write_any(sql::Statement(kDropCards, generation_id, shown));
  unit.write_any(sql::Statement(kBlankMessages, generation_id, unit.now()));
  unit.write_any(sql::Statement(kBlankBatch, generation_id, TimePoint{}, unit.now()));
  unit.write_any(sql::Statement(kDrop, generation_id));
}

}  // namespace aisha::stores::picture_messages
