// SPDX-License-Identifier: Apache-2.0
#include "stores/avatars.hpp"

#include <algorithm>

namespace aisha::stores::avatars {
namespace {

constexpr sql::Text kList =
    "SELECT a.id, a.user_id, a.name, a.gender, a.training_type, a.status, a.finetune_id, a.diffusers_lora_file_url,"
    " a.trigger_word, a.trigger_phrase, f.photo, a.is_main, a.created_at"
    " FROM avatars a LEFT JOIN avatar_faces f ON f.avatar_id = a.id WHERE a.user_id = $1"
    " ORDER BY a.is_main DESC, a.created_at, a.id";
constexpr sql::Text kLoad =
    "SELECT a.id, a.user_id, a.name, a.gender, a.training_type, a.status, a.finetune_id, a.diffusers_lora_file_url,"
    " a.trigger_word, a.trigger_phrase, f.photo, a.is_main, a.created_at"
    " FROM avatars a LEFT JOIN avatar_faces f ON f.avatar_id = a.id WHERE a.id = $1 AND a.user_id = $2";
// Every column without a default of the existing table gets a value; the training ones are what its own trainer uses.
constexpr sql::Text kAdd =
    "INSERT INTO avatars (id, user_id, name, gender, avatar_type, training_type, status, finetune_id,"
    " training_progress, fal_mode, fal_iterations, fal_priority, trigger_word, lora_rank, finetune_type, "
    "trigger_phrase,"
    " multiresolution_training, subject_crop, create_masks, captioning, diffusers_lora_file_url, avatar_data,"
    " training_config, fal_response_data, photos_count, generations_count, is_main, is_draft, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, 'CHARACTER', $5, $6, $7, $8, 'character', 500, 'QUALITY', $9, 32, $10, $11, $12, $12, "
    "$13,"
    " $12, $14, '{}', '{}', '{}', 0, 0, $15, $16, $17, $17)";
constexpr sql::Text kAddFace = "INSERT INTO avatar_faces (avatar_id, photo) VALUES ($1, $2)";
constexpr sql::Text kUnsetMain =
    "UPDATE avatars SET is_main = $3, updated_at = $4 WHERE user_id = $1 AND id <> $2 AND is_main = $5";
constexpr sql::Text kSetMain = "UPDATE avatars SET is_main = $3, updated_at = $4 WHERE user_id = $1 AND id = $2";

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

domain::Avatar avatar_of(const sql::Row& row) {
  domain::Avatar avatar;
  avatar.id = row.uuid(0);
  avatar.user_id = row.uuid(1);
  avatar.name = row.text(2);
  avatar.gender = upper(row.text(3));
  avatar.kind = domain::avatar_kind_from(upper(row.text(4)));
  avatar.status = domain::avatar_status_from(upper(row.text(5)));
  avatar.finetune_id = row.text(6);
  avatar.lora_url = row.text(7);
  avatar.trigger_word = row.text(8);
  avatar.trigger_phrase = row.text(9);
  avatar.photo = row.text(10);
  avatar.is_main = row.boolean(11);
  avatar.created_at = row.time(12);
  return avatar;
}

}  // namespace

Task<std::vector<domain::Avatar>> list(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kList, user_id));
  std::vector<domain::Avatar> avatars;
  for (const sql::Row row : rows) {
    avatars.push_back(avatar_of(row));
  }
  co_return avatars;
}

Task<std::optional<domain::Avatar>> main_of(UnitOfWork& unit, Uuid user_id) {
  std::vector<domain::Avatar> avatars = co_await list(unit, user_id);
  if (avatars.empty()) {
    co_return std::nullopt;
  }
  auto chosen = avatars.begin();
  if (!chosen->is_main) {
    const auto usable = std::ranges::find(avatars, domain::AvatarStatus::completed, &domain::Avatar::status);
    chosen = usable == avatars.end() ? chosen : usable;
  }
  co_return std::move(*chosen);
}

Task<std::optional<domain::Avatar>> load(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad, id, user_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return avatar_of(rows[0]);
}

void add(UnitOfWork& unit, const domain::Avatar& avatar) {
  const bool completed = avatar.status == domain::AvatarStatus::completed;
  unit.write(sql::Statement(
      kAdd, avatar.id, avatar.user_id, avatar.name, upper(avatar.gender), domain::stored_name(avatar.kind),
      domain::stored_name(avatar.status), sql::or_null(avatar.finetune_id), completed ? 100 : 0, avatar.trigger_word,
      avatar.lora_url.empty() ? "FULL" : "LORA", sql::or_null(avatar.trigger_phrase), true, false,
      sql::or_null(avatar.lora_url), avatar.is_main, avatar.status == domain::AvatarStatus::draft, unit.now()));
  if (!avatar.photo.empty()) {
    unit.write(sql::Statement(kAddFace, avatar.id, avatar.photo));
  }
}

void set_main(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id) {
  unit.write_any(sql::Statement(kUnsetMain, user_id, avatar_id, false, unit.now(), true));
  unit.write(sql::Statement(kSetMain, user_id, avatar_id, true, unit.now()));
}

}  // namespace aisha::stores::avatars
