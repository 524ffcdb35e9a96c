// SPDX-License-Identifier: Apache-2.0
#include "stores/people/avatars.hpp"

#include <algorithm>
#include <cctype>

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::avatars {
namespace {

constexpr auto kLoad =
    joined("SELECT ", kColumns, " FROM avatars a", kBeside, " WHERE a.id = $1 AND a.user_id = $2 AND ", kNotBinned);
constexpr auto kMain = joined("SELECT ", kColumns, " FROM avatars a", kBeside, " WHERE a.user_id = $1 AND ", kNotBinned,
                              " ORDER BY ", kMainFirst, " LIMIT 1");
constexpr auto kOwnFrom =
    joined(" FROM avatars a", kBeside,
           " LEFT JOIN avatar_bin x ON x.avatar_id = a.id WHERE a.user_id = $1 AND x.emptied_at IS NULL");
constexpr auto kList = joined("SELECT ", kColumns, ", x.deleted_at", kOwnFrom, " ORDER BY a.created_at, a.id");
constexpr char kPictures[] =
    ", (SELECT count(*) FROM generation_requests g WHERE g.avatar_id = a.id AND g.status = 'ready'"
    " AND g.deleted_at IS NULL)";
constexpr auto kFind = joined("SELECT ", kColumns, ", x.deleted_at", kPictures, kOwnFrom, " AND a.id = $2");
constexpr sql::Text kRename = "UPDATE avatars SET name = $3, updated_at = $4 WHERE user_id = $1 AND id = $2";
constexpr sql::Text kBin =
    "INSERT INTO avatar_bin (avatar_id, user_id, deleted_at) SELECT a.id, a.user_id, $3 FROM avatars a"
    " WHERE a.user_id = $1 AND a.id = $2 ON CONFLICT DO NOTHING";
constexpr sql::Text kRestore = "DELETE FROM avatar_bin WHERE user_id = $1 AND avatar_id = $2 AND emptied_at IS NULL";
constexpr auto kToEmpty =
    joined("SELECT ", kColumns, " FROM avatar_bin x JOIN avatars a ON a.id = x.avatar_id", kBeside,
           " WHERE x.emptied_at IS NULL AND x.deleted_at < $1"
           " ORDER BY x.deleted_at LIMIT $2");
constexpr sql::Text kEmpty =
    "UPDATE avatars SET name = '', status = $2, finetune_id = NULL, diffusers_lora_file_url = NULL, trigger_word = '',"
    " trigger_phrase = NULL, photos_count = 0, avatar_data = '{}', training_config = '{}', fal_response_data = '{}', "
    "is_main = $3,"
    " updated_at = $4 WHERE id = $1";
constexpr sql::Text kDropFace = "DELETE FROM avatar_faces WHERE avatar_id = $1";
constexpr sql::Text kDropDetails = "DELETE FROM avatar_details WHERE avatar_id = $1";
constexpr sql::Text kEmptied = "UPDATE avatar_bin SET emptied_at = $2 WHERE avatar_id = $1 AND emptied_at IS NULL";
constexpr sql::Text kSchema = "SELECT column_name, label FROM avatar_columns";
// Every column without a default of the existing table gets a value; the training ones are what its own trainer uses.
constexpr char kAddInto[] =
    "INSERT INTO avatars (id, user_id, name, gender, avatar_type, training_type, status, finetune_id,"
    " training_progress, fal_mode, fal_iterations, fal_priority, trigger_word, lora_rank, finetune_type,"
    " trigger_phrase, multiresolution_training, subject_crop, create_masks, captioning, diffusers_lora_file_url,"
    " avatar_data, training_config, fal_response_data, photos_count, generations_count, is_main, created_at, "
    "updated_at";
constexpr char kAddValues[] =
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'character', 500, $10, $11, 32, $12, $13, $14, $14, $15, $14, $16,"
    " '{}', '{}', '{}', 0, 0, $17, $18, $18";
constexpr auto kAdd = joined(kAddInto, ")", kAddValues, ")");
constexpr auto kAddWithDraft = joined(kAddInto, ", is_draft)", kAddValues, ", $19)");
constexpr sql::Text kAddFace = "INSERT INTO avatar_faces (avatar_id, photo) VALUES ($1, $2)";
constexpr sql::Text kUnsetMain =
    "UPDATE avatars SET is_main = $3, updated_at = $4 WHERE user_id = $1 AND id <> $2 AND is_main = $5";
constexpr sql::Text kSetMain = "UPDATE avatars SET is_main = $3, updated_at = $4 WHERE user_id = $1 AND id = $2";

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// The name as this column takes it: upper case, unless a native type spells it otherwise.
std::string spelled(const Columns& columns, std::string_view column, std::string_view name) {
  for (const auto& [of, label] : columns.labels) {
    if (of == column && same_name(label, name)) {
      return label;
    }
  }
  return upper(std::string(name));
}

/// What the table of an older Aisha has no column or no word for.
void read_details(const sql::Row& row, std::size_t first, domain::Avatar& avatar) {
  avatar.made_from = domain::made_from_of(row.text(first));
  const std::string& gender = row.text(first + 1);
  if (!gender.empty()) {
    avatar.gender = gender == "f" ? "FEMALE" : gender == "m" ? "MALE" : "";
  }
  const std::string& family = row.text(first + 2);
  if (!family.empty()) {
    avatar.family = family;
  }
  if (avatar.made_from == domain::MadeFrom::references) {
    avatar.photos = row.i64(first + 3);
  }
}

}  // namespace

std::optional<domain::Avatar> read(const sql::Row& row, std::size_t first) {
  if (row.is_null(first)) {
    return std::nullopt;
  }
  domain::Avatar avatar;
  avatar.id = row.uuid(first);
  avatar.user_id = row.uuid(first + 1);
  avatar.name = row.text(first + 2);
  avatar.gender = upper(row.text(first + 3));
  avatar.kind = domain::avatar_kind_from(row.text(first + 4));
  avatar.status = domain::avatar_status_from(row.text(first + 5));
  avatar.finetune_id = row.text(first + 6);
  avatar.lora_url = row.text(first + 7);
  avatar.trigger_word = row.text(first + 8);
  avatar.trigger_phrase = row.text(first + 9);
  avatar.photo = row.text(first + 10);
  avatar.is_main = row.boolean(first + 11);
  avatar.created_at = row.time(first + 12);
  avatar.progress = row.i64(first + 13);
  if (!row.is_null(first + 14)) {
    read_details(row, first + 14, avatar);
  }
  return avatar;
}

Task<std::optional<domain::Avatar>> load(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad.data(), id, user_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return read(rows[0], 0);
}

Task<std::optional<domain::Avatar>> main_of(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kMain.data(), user_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return read(rows[0], 0);
}

namespace {

Own own_of(const sql::Row& row) {
  return {read(row, 0).value(), row.opt_time(kColumnCount)};
}

}  // namespace

Task<std::vector<Own>> list(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kList.data(), user_id));
  std::vector<Own> out;
  for (const sql::Row row : rows) {
    out.push_back(own_of(row));
  }
  co_return out;
}

Task<std::optional<Found>> find(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), user_id, id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return Found{own_of(rows[0]), rows[0].i64(kColumnCount + 1)};
}

Task<Columns> columns(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kSchema));
  Columns found;
  for (const sql::Row row : rows) {
    found.is_draft = found.is_draft || row.text(0) == "is_draft";
    if (!row.is_null(1)) {
      found.labels.emplace_back(row.text(0), row.text(1));
    }
  }
  co_return found;
}

std::string status_in(const Columns& columns, domain::AvatarStatus status) {
  return spelled(columns, "status", domain::stored_name(status));
}

std::string gender_in(const Columns& columns, std::string_view gender) {
  return spelled(columns, "gender", gender);
}

void add(UnitOfWork& unit, const domain::Avatar& avatar, const Columns& columns) {
  const auto name = [&](std::string_view column, std::string_view value) { return spelled(columns, column, value); };
  const bool completed = avatar.status == domain::AvatarStatus::completed;
  const std::string_view gender = avatar.gender.empty() ? std::string_view("MALE") : avatar.gender;
  sql::Statement statement(
      columns.is_draft ? sql::Text(kAddWithDraft.data()) : sql::Text(kAdd.data()), avatar.id, avatar.user_id,
      avatar.name, name("gender", gender), name("avatar_type", "CHARACTER"),
      name("training_type", domain::stored_name(avatar.kind)), name("status", domain::stored_name(avatar.status)),
      sql::or_null(avatar.finetune_id), completed ? 100 : 0, name("fal_priority", "QUALITY"), avatar.trigger_word,
      name("finetune_type", avatar.lora_url.empty() ? "FULL" : "LORA"), sql::or_null(avatar.trigger_phrase), true,
      false, sql::or_null(avatar.lora_url), avatar.is_main, unit.now());
  if (columns.is_draft) {
    statement.params.emplace_back(avatar.status == domain::AvatarStatus::draft);
  }
  unit.write(std::move(statement));
  if (!avatar.photo.empty()) {
    unit.write(sql::Statement(kAddFace, avatar.id, avatar.photo));
  }
}

void set_main(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id) {
  unit.write_any(sql::Statement(kUnsetMain, user_id, avatar_id, false, unit.now(), true));
  unit.write(sql::Statement(kSetMain, user_id, avatar_id, true, unit.now()));
}

void rename(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id, std::string_view name) {
  unit.write(sql::Statement(kRename, user_id, avatar_id, name, unit.now()));
}

void bin(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id) {
  unit.write(sql::Statement(kBin, user_id, avatar_id, unit.now()));
}

void restore(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id) {
  unit.write(sql::Statement(kRestore, user_id, avatar_id));
}

Task<std::vector<domain::Avatar>> to_empty(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kToEmpty.data(), before, limit));
  std::vector<domain::Avatar> out;
  for (const sql::Row row : rows) {
    out.push_back(read(row, 0).value());
  }
  co_return out;
}

void empty(UnitOfWork& unit, const Uuid& avatar_id, const Columns& columns) {
  unit.write(sql::Statement(kEmptied, avatar_id, unit.now()));
  const std::string cancelled = status_in(columns, domain::AvatarStatus::cancelled);
  unit.write(sql::Statement(kEmpty, avatar_id, cancelled, false, unit.now()));
  unit.write_any(sql::Statement(kDropFace, avatar_id));
  unit.write_any(sql::Statement(kDropDetails, avatar_id));
}

}  // namespace aisha::stores::avatars
