// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/requests.hpp"

#include "stores/jobs/job_row.hpp"
#include "stores/people/avatars.hpp"
#include "stores/pictures/own_row.hpp"
#include "stores/pictures/picture_messages.hpp"
#include "stores/pictures/request_row.hpp"
#include "stores/pictures/user_days.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::requests {
namespace {

constexpr char kFrom[] = " FROM generation_requests r";
constexpr auto kLoad = joined("SELECT ", kRequestColumns, kFrom, " WHERE r.id = $1");
constexpr auto kOwned = joined("SELECT ", kRequestColumns, kFrom, " WHERE r.id = $1 AND r.user_id = $2");
constexpr auto kFollow =
    joined("SELECT ", kRequestColumns, ", ", kJobColumns, ", ", avatars::kColumns,
           ", s.is_favorite, s.is_saved, (SELECT count(*) FROM user_favorite_templates k"
           " WHERE k.user_id = r.user_id AND k.template_id = r.template_id),"
           " EXISTS (SELECT 1 FROM outbox o WHERE o.dedupe_key = $2 AND o.done_at IS NULL)",
           kFrom, kSavedJoin, " LEFT JOIN jobs ON jobs.id = r.id LEFT JOIN avatars a ON a.id = r.avatar_id",
           avatars::kBeside, " WHERE r.id = $1");
constexpr auto kHistory = joined("SELECT ", kRequestColumns, kFrom,
                                 " WHERE r.user_id = $1 AND r.deleted_at IS NULL AND r.status = 'ready'"
                                 " ORDER BY r.local_day DESC, r.id DESC LIMIT $2");
constexpr auto kHistoryBehind =
    joined("SELECT ", kRequestColumns, kFrom,
           " WHERE r.user_id = $1 AND r.deleted_at IS NULL AND r.status = 'ready'"
           " AND (r.local_day, r.id) < ($3, $4) ORDER BY r.local_day DESC, r.id DESC LIMIT $2");
constexpr auto kPurgeable = joined("SELECT ", kRequestColumns, kFrom,
                                   " WHERE r.deleted_at IS NOT NULL AND r.purged_at IS NULL AND r.deleted_at < $1"
                                   " ORDER BY r.deleted_at, r.id LIMIT $2");

constexpr sql::Text kCreate =
    "INSERT INTO generation_requests (id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, "
    "model,"
    " quality_preset, aspect_ratio, seed, parent_id, batch_id, price, chat_id, local_day, created_at,"
    " variation, likeness, source_id, source_step)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
constexpr sql::Text kReady =
    "UPDATE generation_requests SET status = 'ready', finished_at = $2, bucket = $3, object_key = $4, width = $5,"
    " height = $6, bytes = $7, sha256 = $8, thumbhash = $9, content_type = $10 WHERE id = $1 AND status || '' = 'open'";
constexpr sql::Text kSetModel =
    "UPDATE generation_requests SET model = $2, quality_preset = $3, aspect_ratio = $4 WHERE id = $1 AND"
    " status || '' = 'open'";
constexpr sql::Text kPrompt = "UPDATE generation_requests SET prompt = $2 WHERE id = $1 AND status || '' = 'open'";
constexpr sql::Text kSeed = "UPDATE generation_requests SET seed = $2 WHERE id = $1 AND status || '' = 'open'";
constexpr sql::Text kClose =
    "UPDATE generation_requests SET status = $2, finished_at = $3, error_code = $4 WHERE id = $1 AND status || '' = "
    "'open'";
constexpr std::string_view kTap = "tap:";
constexpr sql::Text kBefore =
    "SELECT (SELECT request_id FROM request_keys WHERE request_key = $1),"
    " (SELECT count(DISTINCT coalesce(batch_id, id)) FROM generation_requests WHERE user_id = $2 AND status = 'open'),"
    " (SELECT request_key FROM request_keys WHERE request_key > $3 AND request_key < $4"
    // The further keys of a batch have another colon.
    " AND request_key NOT LIKE $3 || '%:%' ORDER BY length(request_key) DESC, request_key DESC LIMIT 1)";
// What names its row by key hides its other conditions from the planner: an index of the few rows in the trash looks
// cheaper than the key, until there are many.
constexpr sql::Text kDelete =
    "UPDATE generation_requests SET deleted_at = $3, deleted_batch = NULL"
    " WHERE id = $1 AND user_id = $2 AND CASE WHEN deleted_at IS NULL THEN status END = 'ready'";
constexpr char kInTrash[] = " AND CASE WHEN deleted_at IS NOT NULL AND purged_at IS NULL THEN 1 END = 1";
constexpr auto kLock =
    joined("UPDATE generation_requests SET deleted_at = deleted_at WHERE id = $1 AND user_id = $2", kInTrash);
constexpr sql::Text kRestore =
    "UPDATE generation_requests SET deleted_at = NULL, deleted_batch = NULL WHERE id = $1 AND user_id = $2"
    " AND CASE WHEN deleted_at > $3 AND purged_at IS NULL THEN 1 END = 1";
constexpr sql::Text kDoom =
    "UPDATE generation_requests SET deleted_at = $2 WHERE id = $1"
    " AND CASE WHEN deleted_at < $3 AND purged_at IS NULL THEN 1 END = 1";
constexpr sql::Text kTrashKept = "UPDATE user_saved_images SET in_trash = $2 WHERE generation_request_id = $1";
constexpr auto kPurge = joined(
    "UPDATE generation_requests SET purged_at = $2, custom_prompt = NULL, prompt = '', bucket = NULL,"
    " object_key = NULL, width = NULL, height = NULL, bytes = NULL, sha256 = NULL, thumbhash = NULL,"
    " content_type = NULL WHERE id = $1",
    kInTrash);
constexpr sql::Text kForgetFiles = "DELETE FROM file_ids WHERE photo_key IN ($1, $2, $3)";
constexpr sql::Text kForgetSheets = "DELETE FROM file_ids WHERE user_id = $1 AND scope IN ($2, 'list', 'bin')";
/// What else hangs on a picture, by its id.
constexpr sql::Text kForget[] = {
    // Its job, for as long as that is kept, has been told the words.
    "UPDATE jobs SET input = '' WHERE id = $1 AND finished_at IS NOT NULL",
    "DELETE FROM user_saved_images WHERE generation_request_id = $1",
    "DELETE FROM picture_texts WHERE generation_id = $1",
    "DELETE FROM unread_pictures WHERE generation_id = $1",
    "DELETE FROM album_pictures WHERE generation_id = $1",
    "DELETE FROM picture_tags WHERE generation_id = $1",
    "DELETE FROM missing_pictures WHERE generation_id = $1",
    "DELETE FROM share_links WHERE generation_id = $1",
};
constexpr sql::Text kUnread =
    "INSERT INTO unread_pictures (generation_id) SELECT r.id FROM generation_requests r"
    " WHERE r.id = $1 AND r.custom_prompt IS NOT NULL ON CONFLICT DO NOTHING";
constexpr sql::Text kOwners =
    "SELECT id, object_key FROM generation_requests WHERE id >= $1 AND id <= $2"
    " AND (status = 'open' OR object_key IS NOT NULL)";
constexpr sql::Text kNamed = "SELECT 1 FROM generation_requests WHERE object_key = $1";
constexpr sql::Text kAnyObject =
    "SELECT 1 FROM generation_requests WHERE id >= $1 AND id < $2 AND object_key IS NOT NULL AND is_imported = $3"
    " ORDER BY id LIMIT 1";
constexpr sql::Text kAny = "SELECT 1 FROM generation_requests WHERE object_key IS NOT NULL LIMIT 1";

std::optional<domain::Picture> first_of(const sql::Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(picture_of(rows[0]));
}

}  // namespace

void create(UnitOfWork& unit, const domain::Picture& p) {
  const std::string_view variation = p.variation ? domain::text_of(*p.variation) : std::string_view();
  unit.write(sql::Statement(kCreate, p.id, p.user_id, p.avatar_id, sql::or_null(p.template_id),
                            sql::or_null(p.custom_prompt), p.prompt, p.style_category, p.model, p.quality_preset,
                            p.aspect_ratio, p.seed, p.parent_id, p.batch_id, p.price, p.chat_id, p.local_day,
                            unit.now(), sql::or_null(variation), p.likeness, p.source_id, p.source_step));
}

void make_ready(UnitOfWork& unit, const Uuid& id, const domain::PictureObject& object, std::optional<Millis> took) {
  unit.write(sql::Statement(kReady, id, unit.now(), object.bucket, object.key, object.width, object.height,
                            object.bytes, object.sha256, sql::or_null(object.thumbhash), object.content_type));
  user_days::ready(unit, id, took);
  unit.write_any(sql::Statement(kUnread, id));
}

void set_model(UnitOfWork& unit, const Uuid& id, std::string_view model, std::string_view quality,
               std::string_view aspect_ratio) {
  unit.write(sql::Statement(kSetModel, id, model, quality, aspect_ratio));
}

void set_prompt(UnitOfWork& unit, const Uuid& id, std::string_view prompt) {
  unit.write(sql::Statement(kPrompt, id, prompt));
}

void set_seed(UnitOfWork& unit, const Uuid& id, std::int64_t seed) {
  unit.write(sql::Statement(kSeed, id, seed));
}

void close(UnitOfWork& unit, const Uuid& id, domain::PictureState state, std::string_view error_code) {
  const bool failed = state == domain::PictureState::failed;
  unit.write(sql::Statement(kClose, id, domain::text_of(state), unit.now(),
                            sql::or_null(failed ? error_code : std::string_view())));
}

Task<Before> before(UnitOfWork& unit, std::string key, Uuid user_id) {
  // All keys of taps under the message: from "tap:1:2:" to "tap:1:2;".
  std::string first = key.starts_with(kTap) ? key.substr(0, key.rfind(':') + 1) : std::string();
  std::string behind = first.empty() ? first : first.substr(0, first.size() - 1) + ';';
  sql::Statement statement(kBefore, key, user_id, std::move(first), std::move(behind));
  const sql::Rows rows = co_await unit.read(std::move(statement));
  const std::string& newest = rows[0].text(2);
  // Of two nonces the longer one is the greater.
  const bool is_older =
      std::pair(key.size(), std::string_view(key)) < std::pair(newest.size(), std::string_view(newest));
  co_return Before{rows[0].opt_uuid(0), rows[0].i64(1), is_older};
}

Task<std::optional<domain::Picture>> load(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad.data(), id));
  co_return first_of(rows);
}

Task<std::optional<domain::Picture>> load_owned(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwned.data(), id, user_id));
  co_return first_of(rows);
}

Task<std::optional<Followed>> follow(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFollow.data(), id, domain::result_message_key(id)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  Followed followed{picture_of(rows[0]), std::nullopt, std::nullopt, {}, false};
  if (!rows[0].is_null(kRequestColumnCount)) {
    followed.job = job_of(rows[0], kRequestColumnCount);
  }
  followed.avatar = avatars::read(rows[0], kRequestColumnCount + kJobColumnCount);
  constexpr std::size_t kMarks = kRequestColumnCount + kJobColumnCount + avatars::kColumnCount;
  if (!rows[0].is_null(kMarks)) {
    followed.marks.is_favorite = rows[0].boolean(kMarks);
    followed.marks.is_saved = rows[0].boolean(kMarks + 1);
  }
  followed.marks.is_style_kept = rows[0].i64(kMarks + 2) > 0;
  followed.result_is_on_its_way = rows[0].boolean(kMarks + 3);
  co_return followed;
}

void soft_delete(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  unit.write(sql::Statement(kDelete, id, user_id, unit.now()));
  user_days::removed(unit, id);
  unit.write_any(sql::Statement(kTrashKept, id, true));
}

void restore(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  // Rows are locked in one order everywhere: the picture's before its counter, which needs to know how it was removed.
  unit.write(sql::Statement(kLock.data(), id, user_id));
  user_days::restored(unit, id);
  unit.write(sql::Statement(kRestore, id, user_id, domain::kForEver));
  unit.write_any(sql::Statement(kTrashKept, id, false));
}

void doom(UnitOfWork& unit, const Uuid& id, TimePoint deleted_before) {
  unit.write_any(sql::Statement(kDoom, id, domain::kForEver, deleted_before));
}

Task<std::vector<domain::Picture>> purge_candidates(UnitOfWork& unit, TimePoint deleted_before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPurgeable.data(), deleted_before, limit));
  co_return pictures_of(rows);
}

void purge(UnitOfWork& unit, const domain::Picture& picture) {
  const Uuid& id = picture.id;
  picture_messages::blank(unit, id);
  unit.write(sql::Statement(kPurge.data(), id, unit.now()));
  user_days::purged(unit, picture);
  for (const sql::Text& text : kForget) {
    unit.write_any(sql::Statement(text, id));
  }
  unit.write_any(sql::Statement(kForgetFiles, domain::result_photo_key(id), domain::shared_photo_key(id),
                                domain::document_photo_key(id)));
  unit.write_any(sql::Statement(kForgetSheets, picture.user_id, "day:" + picture.local_day));
}

Task<std::vector<domain::Picture>> history(UnitOfWork& unit, Uuid user_id, std::optional<Cursor> behind,
                                           std::int64_t limit) {
  sql::Statement page(kHistory.data(), user_id, limit);
  if (behind) {
    page = sql::Statement(kHistoryBehind.data(), user_id, limit, behind->local_day, behind->id);
  }
  const sql::Rows rows = co_await unit.read(std::move(page));
  co_return pictures_of(rows);
}

Task<std::vector<ObjectOwner>> object_owners(UnitOfWork& unit, Uuid first, Uuid last) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwners, first, last).scan());
  std::vector<ObjectOwner> out;
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1)});
  }
  co_return out;
}

Task<bool> is_named(UnitOfWork& unit, std::string object_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNamed, std::move(object_key)));
  co_return !rows.empty();
}

Task<bool> any_object(UnitOfWork& unit, Uuid first, Uuid end) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAnyObject, first, end, false).scan());
  co_return !rows.empty();
}

Task<bool> any_picture(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAny));
  co_return !rows.empty();
}

}  // namespace aisha::stores::requests
