// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/erasure_person.hpp"

#include <array>
#include <charconv>

#include "domain/avatar_photo.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::erasure {
namespace {

// $1 whose, $2 at most so many; in the order of Own.
constexpr std::array<sql::Text, kOwnKinds> kDelete = {
    "DELETE FROM gallery_clears WHERE id IN (SELECT id FROM gallery_clears WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM share_links WHERE token IN (SELECT token FROM share_links WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM file_ids WHERE (photo_key, bot_id) IN (SELECT photo_key, bot_id FROM file_ids WHERE user_id = $1"
    " LIMIT $2)",
    "DELETE FROM user_days WHERE (user_id, local_day, style) IN (SELECT user_id, local_day, style FROM user_days"
    " WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM user_favorite_templates WHERE (user_id, template_id) IN (SELECT user_id, template_id"
    " FROM user_favorite_templates WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM albums WHERE id IN (SELECT id FROM albums WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM picture_tags WHERE (user_id, tag, generation_id) IN (SELECT user_id, tag, generation_id"
    " FROM picture_tags WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM user_settings WHERE user_id IN (SELECT user_id FROM user_settings WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM avatar_bin WHERE avatar_id IN (SELECT avatar_id FROM avatar_bin WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM avatar_faces WHERE avatar_id IN (SELECT f.avatar_id FROM avatars a JOIN avatar_faces f"
    " ON f.avatar_id = a.id WHERE a.user_id = $1 LIMIT $2)",
    "DELETE FROM avatar_details WHERE avatar_id IN (SELECT v.avatar_id FROM avatars a JOIN avatar_details v"
    " ON v.avatar_id = a.id WHERE a.user_id = $1 LIMIT $2)",
    "DELETE FROM training_photos WHERE id IN (SELECT id FROM training_photos WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM consents WHERE id IN (SELECT id FROM consents WHERE user_id = $1 LIMIT $2)",
    "DELETE FROM moderation_appeals WHERE id IN (SELECT id FROM moderation_appeals WHERE user_id = $1"
    " AND state || '' <> 'allowed' LIMIT $2)",
    "UPDATE moderation_appeals SET user_id = NULL, chat_id = NULL, prompt = '' WHERE id IN (SELECT id"
    " FROM moderation_appeals WHERE user_id = $1 AND state || '' = 'allowed' LIMIT $2)",
};

constexpr sql::Text kAvatarObjects =
    "SELECT f.photo FROM avatars a JOIN avatar_faces f ON f.avatar_id = a.id WHERE a.user_id = $1"
    " UNION ALL SELECT v.lora_key FROM avatars a JOIN avatar_details v ON v.avatar_id = a.id"
    " WHERE a.user_id = $1 AND v.lora_key IS NOT NULL";
constexpr sql::Text kStopPhotos =
    "UPDATE training_photos SET state = 'removed', next_at = $2, settled_at = $2 WHERE user_id = $1"
    " AND state IN ('new', 'kept')";
constexpr sql::Text kPhotosInHand = "SELECT count(*) FROM training_photos WHERE user_id = $1 AND lease_until > $2";
constexpr sql::Text kPhotos = "SELECT avatar_id, id FROM training_photos WHERE user_id = $1 AND state <> 'refused'";
constexpr sql::Text kPerson =
    "SELECT u.telegram_id, u.language_code, c.chat_id FROM users u LEFT JOIN chats c ON c.user_id = u.id"
    " WHERE u.id = $1 ORDER BY c.chat_id";
constexpr sql::Text kByTelegramId = "SELECT id FROM users WHERE telegram_id = $1";
constexpr sql::Text kShared = "SELECT is_shared FROM people_home";
constexpr sql::Text kBlankAvatars =
    "UPDATE avatars SET name = '', status = $2, finetune_id = NULL, fal_request_id = NULL, trigger_word = '',"
    " finetune_comment = NULL, trigger_phrase = NULL, diffusers_lora_file_url = NULL, config_file_url = NULL,"
    " training_logs = NULL, training_error = NULL, webhook_url = NULL, avatar_data = '{}', training_config = '{}',"
    " fal_response_data = '{}', is_main = $3, updated_at = $4 WHERE user_id = $1";
constexpr sql::Text kBlankPerson =
    "UPDATE users SET telegram_id = $2, first_name = '', last_name = NULL, username = NULL, language_code = '',"
    " timezone = NULL, is_premium = $3, is_blocked = $4, updated_at = $5 WHERE id = $1";
constexpr sql::Text kChats = "DELETE FROM chats WHERE user_id = $1";
constexpr sql::Text kCounts =
    "SELECT (SELECT count(*) FROM generation_requests r WHERE r.user_id = $1 AND r.finished_at IS NOT NULL"
    " AND r.status = 'ready' AND r.purged_at IS NULL), (SELECT count(*) FROM avatars WHERE user_id = $1),"
    " coalesce((SELECT balance FROM ledger_account WHERE user_id = $1 AND kind = 'available'), 0),"
    " (SELECT count(*) FROM message_blanks b WHERE b.chat_id IN (SELECT c.chat_id FROM chats c WHERE c.user_id = $1))";

}  // namespace

Task<std::int64_t> delete_some(UnitOfWork& unit, Own kind, Uuid person, std::int64_t limit) {
  const sql::Rows gone =
      co_await unit.at_once(sql::Statement(kDelete.at(static_cast<std::size_t>(kind)), person, limit));
  co_return gone.affected();
}

Task<std::vector<std::string>> avatar_objects(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAvatarObjects, person));
  std::vector<std::string> out;
  for (const sql::Row row : rows) {
    out.push_back(row.text(0));
  }
  const sql::Rows photos = co_await unit.read(sql::Statement(kPhotos, person));
  for (const sql::Row row : photos) {
    out.push_back(domain::photo_object_key(row.uuid(0), row.uuid(1)));
  }
  co_return out;
}

Task<std::int64_t> stop_photos(UnitOfWork& unit, Uuid person) {
  co_await unit.at_once(sql::Statement(kStopPhotos, person, unit.now()));
  const sql::Rows rows = co_await unit.read(sql::Statement(kPhotosInHand, person, unit.now()));
  co_return rows[0].i64(0);
}

Task<std::optional<Person>> find_person(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPerson, id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  Person out;
  const std::string& number = rows[0].text(0);
  std::from_chars(number.data(), number.data() + number.size(), out.telegram_id);
  out.language_code = rows[0].text(1);
  for (const sql::Row row : rows) {
    if (!row.is_null(2)) {
      out.chats.push_back(row.i64(2));
    }
  }
  co_return out;
}

Task<std::optional<Uuid>> find_by_telegram_id(UnitOfWork& unit, std::int64_t telegram_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kByTelegramId, std::to_string(telegram_id)));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].uuid(0));
}

Task<bool> is_shared(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kShared));
  co_return rows[0].boolean(0);
}

void blank_avatars(UnitOfWork& unit, const Uuid& person, const avatars::Columns& columns) {
  const std::string cancelled = avatars::status_in(columns, domain::AvatarStatus::cancelled);
  unit.write_any(sql::Statement(kBlankAvatars, person, cancelled, false, unit.now()));
}

void blank_person(UnitOfWork& unit, const Uuid& person) {
  unit.write(sql::Statement(kBlankPerson, person, "erased:" + person.to_string(), false, true, unit.now()));
}

void delete_chats(UnitOfWork& unit, const Uuid& person) {
  unit.write_any(sql::Statement(kChats, person));
}

Task<Counts> counts_of(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCounts, person).scan());
  co_return Counts{rows[0].i64(0), rows[0].i64(1), rows[0].i64(2), rows[0].i64(3)};
}

}  // namespace aisha::stores::erasure
