// SPDX-License-Identifier: Apache-2.0
#include "stores/photos/photo_sets.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::photo_sets {
namespace {

constexpr char kIsDraft[] = "upper(cast(a.status as text)) = 'DRAFT'";

constexpr auto kFind = joined(
    "SELECT ", avatars::kColumns,
    ", x.deleted_at, (SELECT count(*) FROM consents c WHERE c.avatar_id = a.id AND c.withdrawn_at IS NULL),"
    " v.chat_id, v.card_message_id, v.version,"
    " (SELECT count(*) FROM training_photos p WHERE p.avatar_id = a.id AND p.state = 'new'),"
    " (SELECT count(*) FROM training_photos p WHERE p.avatar_id = a.id AND p.state = 'kept') FROM avatars a",
    avatars::kBeside,
    " LEFT JOIN avatar_bin x ON x.avatar_id = a.id WHERE a.id = $1 AND a.user_id = $2 AND v.made_from = 'references'"
    " AND x.emptied_at IS NULL");
constexpr auto kRoom =
    joined("SELECT count(*), count(CASE WHEN v.made_from = 'references' AND ", kIsDraft, " THEN 1 END) FROM avatars a",
           avatars::kBeside, " WHERE a.user_id = $1 AND ", avatars::kNotBinned);
constexpr sql::Text kBegin =
    "INSERT INTO avatar_details (avatar_id, made_from, chat_id, photos_until) VALUES ($1, 'references', $2, $3)";
constexpr sql::Text kProlong =
    "UPDATE avatar_details SET photos_until = $2 WHERE avatar_id = $1 AND photos_until IS NOT NULL";
constexpr sql::Text kSetSaid =
    "UPDATE avatar_details SET gender = $2, version = version + 1 WHERE avatar_id = $1 AND version = $3";
constexpr sql::Text kSetGender = "UPDATE avatars SET gender = $2, updated_at = $3 WHERE id = $1";
constexpr auto kComplete = joined(
    "UPDATE avatars AS a SET status = $2, training_progress = 100, updated_at = $3 WHERE a.id = $1 AND ", kIsDraft);
constexpr auto kCompleteWithDraft = joined(
    "UPDATE avatars AS a SET status = $2, training_progress = 100, updated_at = $3, is_draft = $4 WHERE a.id = $1"
    " AND ",
    kIsDraft);
constexpr sql::Text kStays = "UPDATE avatar_details SET photos_until = NULL WHERE avatar_id = $1";
constexpr sql::Text kSetCard = "UPDATE avatar_details SET chat_id = $2, card_message_id = $3 WHERE avatar_id = $1";
constexpr sql::Text kCount =
    "UPDATE avatars SET photos_count = (SELECT count(*) FROM training_photos p WHERE p.avatar_id = $1"
    " AND p.state = 'kept'), updated_at = $2 WHERE id = $1";
constexpr sql::Text kDropFace =
    "DELETE FROM avatar_faces WHERE avatar_id = $1 AND NOT EXISTS (SELECT 1 FROM training_photos p"
    " WHERE p.avatar_id = $1 AND p.state = 'kept')";
constexpr sql::Text kShowBest =
    "INSERT INTO avatar_faces (avatar_id, photo) SELECT p.avatar_id, p.object_key FROM training_photos p"
    " WHERE p.avatar_id = $1 AND p.state = 'kept' ORDER BY p.merit DESC, p.message_id LIMIT 1"
    " ON CONFLICT (avatar_id) DO UPDATE SET photo = excluded.photo";
constexpr auto kExpired =
    joined("SELECT ", avatars::kColumns, " FROM avatars a", avatars::kBeside, " WHERE v.photos_until < $1 AND ",
           avatars::kNotBinned, " AND ", kIsDraft, " ORDER BY v.photos_until LIMIT $2");

/// As `avatar_details.gender` spells it.
std::string_view said_of(domain::Gender gender) {
  switch (gender) {
    case domain::Gender::woman: return "f";
    case domain::Gender::man: return "m";
    case domain::Gender::unsaid: break;
  }
  return "n";
}

/// The column of an older Aisha knows two words.
std::string_view word_of(domain::Gender gender) {
  return gender == domain::Gender::woman ? "FEMALE" : "MALE";
}

}  // namespace

Task<std::optional<Set>> find(UnitOfWork& unit, Uuid avatar_id, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), avatar_id, owner));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  constexpr std::size_t kOwn = avatars::kColumnCount;
  Set out;
  out.avatar = avatars::read(rows[0], 0).value();
  out.is_binned = !rows[0].is_null(kOwn);
  out.is_agreed = rows[0].i64(kOwn + 1) != 0;
  out.chat_id = rows[0].i64(kOwn + 2);
  out.card_message_id = rows[0].i64(kOwn + 3);
  out.version = rows[0].i64(kOwn + 4);
  out.fresh = rows[0].i64(kOwn + 5);
  out.kept = rows[0].i64(kOwn + 6);
  co_return out;
}

Task<Room> room(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kRoom.data(), owner));
  co_return Room{rows[0].i64(0), rows[0].i64(1)};
}

void begin(UnitOfWork& unit, const domain::Avatar& draft, const avatars::Columns& columns, std::int64_t chat_id,
           TimePoint until) {
  avatars::add(unit, draft, columns);
  unit.write(sql::Statement(kBegin, draft.id, chat_id, until));
}

void prolong(UnitOfWork& unit, const Uuid& avatar_id, TimePoint until) {
  unit.write_any(sql::Statement(kProlong, avatar_id, until));
}

void set_gender(UnitOfWork& unit, const Set& set, domain::Gender gender, const avatars::Columns& columns) {
  unit.write(sql::Statement(kSetSaid, set.avatar.id, said_of(gender), set.version));
  unit.write(sql::Statement(kSetGender, set.avatar.id, avatars::gender_in(columns, word_of(gender)), unit.now()));
}

void complete(UnitOfWork& unit, const Uuid& avatar_id, const avatars::Columns& columns) {
  const std::string completed = avatars::status_in(columns, domain::AvatarStatus::completed);
  sql::Statement statement(columns.is_draft ? sql::Text(kCompleteWithDraft.data()) : sql::Text(kComplete.data()),
                           avatar_id, completed, unit.now());
  if (columns.is_draft) {
    statement.params.emplace_back(false);
  }
  unit.write(std::move(statement));
  unit.write(sql::Statement(kStays, avatar_id));
}

void set_card(UnitOfWork& unit, const Uuid& avatar_id, std::int64_t chat_id, std::int64_t message_id) {
  unit.write_any(sql::Statement(kSetCard, avatar_id, chat_id, message_id));
}

void count_photos(UnitOfWork& unit, const Uuid& avatar_id) {
  unit.write(sql::Statement(kCount, avatar_id, unit.now()));
  unit.write_any(sql::Statement(kDropFace, avatar_id));
  unit.write_any(sql::Statement(kShowBest, avatar_id));
}

Task<std::vector<domain::Avatar>> expired(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kExpired.data(), before, limit));
  std::vector<domain::Avatar> out;
  for (const sql::Row row : rows) {
    out.push_back(avatars::read(row, 0).value());
  }
  co_return out;
}

}  // namespace aisha::stores::photo_sets
