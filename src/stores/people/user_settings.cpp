// SPDX-License-Identifier: Apache-2.0
#include "stores/people/user_settings.hpp"

namespace aisha::stores::user_settings {
namespace {

constexpr sql::Text kSave =
    "INSERT INTO user_settings (user_id, language, aspect_ratio, quality_preset, confirm, notify, hints,"
    " updated_at, enhance)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (user_id) DO UPDATE SET language = excluded.language,"
    " aspect_ratio = excluded.aspect_ratio, quality_preset = excluded.quality_preset, confirm = excluded.confirm,"
    " notify = excluded.notify, hints = excluded.hints, enhance = excluded.enhance, updated_at = excluded.updated_at";

}  // namespace

std::optional<domain::UserSettings> read(const sql::Row& row, std::size_t first) {
  if (row.is_null(first)) {
    return std::nullopt;
  }
  domain::UserSettings settings;
  settings.language = row.text(first) == "ru" ? domain::Language::ru : domain::Language::en;
  settings.aspect_ratio = row.text(first + 1);
  settings.quality_preset = row.text(first + 2);
  settings.confirm = row.boolean(first + 3);
  settings.notify = row.boolean(first + 4);
  settings.hints = row.i64(first + 5);
  settings.enhance = row.boolean(first + 6);
  return settings;
}

void save(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings) {
  unit.write(sql::Statement(kSave, user_id, domain::text_of(settings.language), settings.aspect_ratio,
                            settings.quality_preset, settings.confirm, settings.notify, settings.hints, unit.now(),
                            settings.enhance));
}

}  // namespace aisha::stores::user_settings
