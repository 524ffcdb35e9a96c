// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/avatar.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `avatars` (columns of the existing Aisha schema) with the card's face from `avatar_faces` and what `avatar_details`
/// says beyond them. Older installations hold
/// several main avatars, main ones that nothing can be made with, and names in lower case or of native types: all are
/// read.
namespace aisha::stores::avatars {

/// What `read` takes, of a table named a with `kBeside`; each of the three may lack the row.
inline constexpr char kColumns[] =
    "a.id, a.user_id, a.name, cast(a.gender as text), cast(a.training_type as text), cast(a.status as text),"
    " a.finetune_id, a.diffusers_lora_file_url, a.trigger_word, a.trigger_phrase, f.photo, a.is_main, a.created_at,"
    " cast(a.training_progress as bigint), v.made_from, v.gender, v.family,"
    " cast(a.photos_count as bigint)";
inline constexpr std::size_t kColumnCount = 18;
/// Its faces are named f, its details v.
inline constexpr char kBeside[] =
    " LEFT JOIN avatar_faces f ON f.avatar_id = a.id LEFT JOIN avatar_details v ON v.avatar_id = a.id";
std::optional<domain::Avatar> read(const sql::Row& row, std::size_t first);

/// Of the avatars `a` of one user, the one that makes pictures comes first: the main usable one, else the oldest usable
/// one, else the main one, else the oldest. Usable is what domain::check_usable says.
inline constexpr char kMainFirst[] =
    "CASE WHEN upper(cast(a.status as text)) = 'COMPLETED'"
    " AND (coalesce(a.diffusers_lora_file_url, '') <> '' OR coalesce(a.finetune_id, '') <> ''"
    " OR (v.made_from = 'references' AND a.photos_count > 0)) THEN 0 ELSE 1 END,"
    " a.is_main DESC, a.created_at, a.id";

/// Whether the avatar `a` is not thrown away. As a value of each row it is looked up by key; PostgreSQL would read all
/// of that table for a join as long as it has no figures of it.
inline constexpr char kNotBinned[] = "(SELECT count(*) FROM avatar_bin x WHERE x.avatar_id = a.id) = 0";

/// Nothing when absent, another user's or thrown away.
Task<std::optional<domain::Avatar>> load(UnitOfWork& unit, Uuid id, Uuid user_id);

/// The one that makes a person's pictures: the first by `kMainFirst` of those that are not thrown away.
Task<std::optional<domain::Avatar>> main_of(UnitOfWork& unit, Uuid user_id);

/// One of a person's avatars; `binned_at`: thrown away then, and can come back.
struct Own {
  domain::Avatar avatar;
  std::optional<TimePoint> binned_at;
};
/// All of them, the oldest first, but those that are gone for good.
Task<std::vector<Own>> list(UnitOfWork& unit, Uuid user_id);
struct Found {
  Own own;
  std::int64_t pictures = 0;  ///< live ones made with it
};
/// Nothing when absent, another user's or gone for good.
Task<std::optional<Found>> find(UnitOfWork& unit, Uuid id, Uuid user_id);

/// What a row must have where this database came from: `is_draft` exists in some ages of it, and a column of a native
/// type takes only labels in its own case.
struct Columns {
  bool is_draft = false;
  std::vector<std::pair<std::string, std::string>> labels;  ///< column and label of native types
};
Task<Columns> columns(UnitOfWork& unit);
/// The status, "FEMALE" or "MALE", as a row of that table spells it.
std::string status_in(const Columns& columns, domain::AvatarStatus status);
std::string gender_in(const Columns& columns, std::string_view gender);

/// The row itself; one that says no gender is written MALE, since older tables know two words, and its details say so.
void add(UnitOfWork& unit, const domain::Avatar& avatar, const Columns& columns);
/// Errc::conflict at commit when `avatar_id` is not this user's.
void set_main(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id);

/// Errc::conflict at commit when `avatar_id` is not this user's; so of the two below, also when it is not what they
/// undo any more.
void rename(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id, std::string_view name);
void bin(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id);
void restore(UnitOfWork& unit, const Uuid& user_id, const Uuid& avatar_id);

/// Thrown away before that moment and not yet emptied, the longest ago first; at most `limit`.
Task<std::vector<domain::Avatar>> to_empty(UnitOfWork& unit, TimePoint before, std::int64_t limit);
/// Name, model and face go for good. The row stays: another bot may know it, and pictures name it.
void empty(UnitOfWork& unit, const Uuid& avatar_id, const Columns& columns);

}  // namespace aisha::stores::avatars
