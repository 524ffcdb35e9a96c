// SPDX-License-Identifier: Apache-2.0
#include "stores/import/imports.hpp"

#include "domain/imported.hpp"
#include "stores/pictures/user_days.hpp"

namespace aisha::stores::imports {
namespace {

constexpr sql::Text kMark =
    "INSERT INTO adopted_rows (source, old_id, adopted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kSettings =
    "INSERT INTO user_settings (user_id, language, aspect_ratio, quality_preset, confirm, updated_at)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
constexpr sql::Text kFavourite =
    "INSERT INTO user_favorite_templates (user_id, template_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kPicture =
    "INSERT INTO generation_requests (id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, "
    "model,"
    " quality_preset, aspect_ratio, price, chat_id, local_day, is_imported, status, created_at, finished_at)"
    " VALUES ($1, $2, (SELECT a.id FROM avatars a WHERE a.id = $3), $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13,"
    " 'ready', $14, $15) ON CONFLICT DO NOTHING";
constexpr sql::Text kMissing =
    "INSERT INTO missing_pictures (generation_id, place) VALUES ($1, $2) ON CONFLICT DO NOTHING";
constexpr sql::Text kSaved =
    "INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at, favorite_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
constexpr sql::Text kUnread = "INSERT INTO unread_pictures (generation_id) VALUES ($1) ON CONFLICT DO NOTHING";
constexpr sql::Text kMissingPage =
    "SELECT m.generation_id, m.place FROM missing_pictures m JOIN generation_requests g ON g.id = m.generation_id"
    " WHERE m.generation_id > $1 AND m.code IS NULL AND g.deleted_at IS NULL ORDER BY m.generation_id LIMIT $2";
constexpr sql::Text kGive =
    "UPDATE generation_requests SET bucket = 'generated', object_key = $2, bytes = $3, content_type = $4"
    " WHERE id = $1 AND object_key IS NULL AND purged_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM generation_requests o WHERE o.object_key = $2)";
constexpr sql::Text kNoLongerMissing =
    "DELETE FROM missing_pictures WHERE generation_id = $1"
    " AND EXISTS (SELECT 1 FROM generation_requests g WHERE g.id = $1 AND g.object_key IS NOT NULL)";
constexpr sql::Text kUnseen =
    "SELECT r.id, r.user_id, r.object_key, r.bytes, r.created_at FROM generation_requests r WHERE r.is_imported = true"
    " AND r.object_key IS NOT NULL AND r.sha256 IS NULL AND r.id > $1"
    " AND NOT EXISTS (SELECT 1 FROM missing_pictures m WHERE m.generation_id = r.id) ORDER BY r.id LIMIT $2";
// By its key, whatever few there are that nobody has looked at.
constexpr sql::Text kSeen =
    "UPDATE generation_requests SET width = $2, height = $3, bytes = $4, sha256 = $5, thumbhash = $6, content_type = $7"
    " WHERE id = $1 AND CASE WHEN sha256 IS NULL THEN object_key END = $8";
constexpr sql::Text kHash =
    "UPDATE generation_requests SET sha256 = $2 WHERE id = $1 AND CASE WHEN sha256 IS NULL THEN object_key END = $3";
constexpr sql::Text kRefused =
    "INSERT INTO missing_pictures (generation_id, place, looked_at, code) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (generation_id) DO UPDATE SET looked_at = excluded.looked_at, code = excluded.code";
constexpr sql::Text kLooked = "UPDATE missing_pictures SET looked_at = $2 WHERE generation_id = $1";

}  // namespace

Task<bool> commit(UnitOfWork& unit) {
  try {
    const auto written = co_await unit.commit();
    co_return written.has_value();
  } catch (const sql::ConstraintViolation&) {
    co_return false;
  }
}

void mark(UnitOfWork& unit, Source source, const Uuid& old_id) {
  unit.write(sql::Statement(kMark, table_of(source), old_id, unit.now()));
}

void add_settings(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings) {
  unit.write_any(sql::Statement(kSettings, user_id, domain::text_of(settings.language), settings.aspect_ratio,
                                settings.quality_preset, settings.confirm, unit.now()));
}

void add_favourite(UnitOfWork& unit, const OldFavourite& favourite) {
  unit.write_any(sql::Statement(kFavourite, favourite.user_id, favourite.template_id, favourite.created_at));
}

void add_picture(UnitOfWork& unit, const Imported& imported) {
  const domain::Picture& p = imported.picture;
  unit.write(sql::Statement(kPicture, p.id, p.user_id, p.avatar_id, sql::or_null(p.template_id),
                            sql::or_null(p.custom_prompt), p.prompt, p.style_category, p.model, p.quality_preset,
                            p.aspect_ratio, p.chat_id, p.local_day, true, p.created_at, p.finished_at));
  unit.write_any(sql::Statement(kMissing, p.id, imported.place));
  if (!p.custom_prompt.empty()) {
    unit.write(sql::Statement(kUnread, p.id));
  }
  const bool is_kept = imported.is_saved || imported.is_favorite;
  user_days::imported(unit, p, is_kept);
  if (is_kept) {
    const Uuid id = domain::imported_id(p.created_at, p.id, 0);
    const auto liked_at = imported.is_favorite ? p.finished_at : std::nullopt;
    unit.write(
        sql::Statement(kSaved, id, p.user_id, p.id, imported.is_favorite, imported.is_saved, p.finished_at, liked_at));
  }
}

Task<std::vector<Missing>> missing(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kMissingPage, behind, limit).scan());
  std::vector<Missing> found;
  for (const sql::Row row : rows) {
    found.push_back({row.uuid(0), row.text(1)});
  }
  co_return found;
}

void give_object(UnitOfWork& unit, const Uuid& generation_id, const Object& object) {
  unit.write_any(sql::Statement(kGive, generation_id, object.key, object.bytes, sql::or_null(object.content_type)));
  unit.write_any(sql::Statement(kNoLongerMissing, generation_id));
}

void looked_in_vain(UnitOfWork& unit, const Uuid& generation_id) {
  unit.write_any(sql::Statement(kLooked, generation_id, unit.now()));
}

Task<std::vector<Unseen>> unseen(UnitOfWork& unit, Uuid behind, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kUnseen, behind, limit).scan());
  std::vector<Unseen> found;
  for (const sql::Row row : rows) {
    found.push_back({row.uuid(0), row.uuid(1), row.text(2), row.i64(3), row.time(4)});
  }
  co_return found;
}

void seen(UnitOfWork& unit, const Uuid& id, const domain::PictureObject& object) {
  unit.write(sql::Statement(kSeen, id, object.width, object.height, object.bytes, object.sha256,
                            sql::or_null(object.thumbhash), object.content_type, object.key));
}

void refused(UnitOfWork& unit, const Unseen& one, std::string_view sha256, std::string_view code) {
  unit.write(sql::Statement(kHash, one.id, sql::or_null(sha256), one.key));
  unit.write(sql::Statement(kRefused, one.id, one.key, unit.now(), code));
}

}  // namespace aisha::stores::imports
