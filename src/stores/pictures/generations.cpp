// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/generations.hpp"

#include <algorithm>

#include "stores/pictures/generation_row.hpp"

namespace aisha::stores::generations {
namespace {

constexpr auto kLoadText = joined("SELECT ", kGenerationColumns, " FROM generation_requests WHERE id = $1");
constexpr auto kOwnedText =
    joined("SELECT ", kGenerationColumns, " FROM generation_requests WHERE id = $1 AND user_id = $2");
constexpr auto kActiveText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE user_id = $1 AND finished_at IS NULL ORDER BY created_at, id");
constexpr auto kHistoryText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE user_id = $1 AND deleted_at IS NULL AND status = 'succeeded'"
           " ORDER BY created_at DESC, id DESC LIMIT $2");
constexpr auto kHistoryBehindText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE user_id = $1 AND deleted_at IS NULL AND status = 'succeeded'"
           " AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $2");
constexpr auto kPurgeableText =
    joined("SELECT ", kGenerationColumns,
           " FROM generation_requests WHERE deleted_at IS NOT NULL AND purged_at IS NULL AND deleted_at < $1"
           " ORDER BY deleted_at, id LIMIT $2");

constexpr sql::Text kKey =
    "INSERT INTO request_keys (request_key, request_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kFindKey = "SELECT request_id FROM request_keys WHERE request_key = $1";
constexpr sql::Text kCreate =
    "INSERT INTO generation_requests (id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, "
    "model,"
    " input, quality_preset, aspect_ratio, seed, parent_id, batch_id, price, chat_id, status_message_id, local_day,"
    " status, prev_status, max_attempts, next_at, deadline_at, created_at, updated_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'queued', 'new', $19,"
    " $20, $21, $20, $20)";
constexpr sql::Text kCountActive =
    "SELECT count(*) FROM generation_requests WHERE user_id = $1 AND finished_at IS NULL";
constexpr sql::Text kAhead =
    "SELECT count(*) FROM generation_requests o JOIN generation_requests m ON m.id = $1 AND m.status = 'queued'"
    " WHERE o.status = 'queued' AND o.finished_at IS NULL AND (o.next_at, o.id) < (m.next_at, m.id)";
constexpr sql::Text kStatusMessage =
    "UPDATE generation_requests SET status_message_id = $2, updated_at = $3 WHERE id = $1";
constexpr sql::Text kFileIds =
    "UPDATE generation_requests SET photo_file_id = coalesce($2, photo_file_id),"
    " document_file_id = coalesce($3, document_file_id), updated_at = $4 WHERE id = $1";
constexpr sql::Text kDelete =
    "UPDATE generation_requests SET deleted_at = $3, updated_at = $3"
    " WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL AND finished_at IS NOT NULL";
constexpr sql::Text kRestore =
    "UPDATE generation_requests SET deleted_at = NULL, updated_at = $3"
    " WHERE id = $1 AND user_id = $2 AND deleted_at IS NOT NULL AND purged_at IS NULL";
constexpr sql::Text kPurge =
    "UPDATE generation_requests SET purged_at = $2, updated_at = $2, custom_prompt = NULL, prompt = '', input = '',"
    " result = NULL, bucket = NULL, object_key = NULL, width = NULL, height = NULL, bytes = NULL, sha256 = NULL,"
    " thumbhash = NULL, content_type = NULL, photo_file_id = NULL, document_file_id = NULL"
    " WHERE id = $1 AND deleted_at IS NOT NULL AND purged_at IS NULL";
constexpr sql::Text kForgetPlace = "DELETE FROM missing_pictures WHERE generation_id = $1";
constexpr sql::Text kTimes =
    "SELECT model, created_at, finished_at FROM (SELECT model, created_at, finished_at,"
    " row_number() OVER (PARTITION BY model ORDER BY finished_at DESC) AS place FROM generation_requests"
    " WHERE status = 'succeeded' AND origin IS NULL AND finished_at >= $1) recent WHERE place <= 100 ORDER BY model";
constexpr sql::Text kPopular =
    "SELECT template_id, count(*) AS pictures FROM generation_requests"
    " WHERE status = 'succeeded' AND template_id IS NOT NULL AND finished_at >= $1"
    " GROUP BY template_id ORDER BY pictures DESC, template_id LIMIT $2";

std::optional<domain::Generation> first_of(const sql::Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(generation_of(rows[0]));
}

}  // namespace

void create(UnitOfWork& unit, const domain::Generation& g, std::string_view request_key) {
  unit.write(sql::Statement(kKey, request_key, g.id, unit.now()));
  unit.write(sql::Statement(kCreate, g.id, g.user_id, g.avatar_id, sql::or_null(g.template_id),
                            sql::or_null(g.custom_prompt), g.prompt, g.style_category, g.model, g.input,
                            g.quality_preset, g.aspect_ratio, g.seed, g.parent_id, g.batch_id, g.price, g.chat_id,
                            g.status_message_id, g.local_day, g.max_attempts, unit.now(), g.deadline_at));
}

Task<std::optional<Uuid>> find_by_key(UnitOfWork& unit, std::string request_key) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFindKey, std::move(request_key)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return rows[0].uuid(0);
}

Task<std::optional<domain::Generation>> load(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoadText.data(), id));
  co_return first_of(rows);
}

Task<std::optional<domain::Generation>> load_owned(UnitOfWork& unit, Uuid id, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOwnedText.data(), id, user_id));
  co_return first_of(rows);
}

Task<std::int64_t> count_active(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCountActive, user_id));
  co_return rows[0].i64(0);
}

Task<std::vector<domain::Generation>> list_active(UnitOfWork& unit, Uuid user_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kActiveText.data(), user_id));
  co_return generations_of(rows);
}

Task<std::int64_t> queue_ahead(UnitOfWork& unit, Uuid id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAhead, id));
  co_return rows[0].i64(0);
}

void set_status_message(UnitOfWork& unit, const Uuid& id, std::int64_t message_id) {
  unit.write(sql::Statement(kStatusMessage, id, message_id, unit.now()));
}

void set_file_ids(UnitOfWork& unit, const Uuid& id, std::string_view photo_file_id, std::string_view document_file_id) {
  unit.write(sql::Statement(kFileIds, id, sql::or_null(photo_file_id), sql::or_null(document_file_id), unit.now()));
}

void soft_delete(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  unit.write(sql::Statement(kDelete, id, user_id, unit.now()));
}

void restore(UnitOfWork& unit, const Uuid& id, const Uuid& user_id) {
  unit.write(sql::Statement(kRestore, id, user_id, unit.now()));
}

Task<std::vector<domain::Generation>> purge_candidates(UnitOfWork& unit, TimePoint deleted_before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPurgeableText.data(), deleted_before, limit));
  co_return generations_of(rows);
}

void purge(UnitOfWork& unit, const Uuid& id) {
  unit.write(sql::Statement(kPurge, id, unit.now()));
  unit.write_any(sql::Statement(kForgetPlace, id));
}

Task<std::vector<domain::Generation>> history(UnitOfWork& unit, Uuid user_id, std::optional<Cursor> behind,
                                              std::int64_t limit) {
  sql::Statement page(kHistoryText.data(), user_id, limit);
  if (behind) {
    page = sql::Statement(kHistoryBehindText.data(), user_id, limit, behind->created_at, behind->id);
  }
  const sql::Rows rows = co_await unit.read(std::move(page));
  co_return generations_of(rows);
}

Task<std::vector<ModelTime>> median_times(UnitOfWork& unit, TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kTimes, since).scan());
  std::vector<ModelTime> result;
  std::vector<Millis> times;
  const auto finish = [&] {
    if (!times.empty()) {
      const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
      std::ranges::nth_element(times, middle);
      result.back().median = *middle;
      result.back().pictures = static_cast<std::int64_t>(times.size());
      times.clear();
    }
  };
  for (const sql::Row row : rows) {
    if (result.empty() || result.back().model != row.text(0)) {
      finish();
      result.push_back({row.text(0), Millis(0), 0});
    }
    times.push_back(row.time(2) - row.time(1));
  }
  finish();
  co_return result;
}

Task<std::vector<TemplateUse>> popular_templates(UnitOfWork& unit, TimePoint since, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPopular, since, limit).scan());
  std::vector<TemplateUse> uses;
  for (const sql::Row row : rows) {
    uses.push_back({row.text(0), row.i64(1)});
  }
  co_return uses;
}

}  // namespace aisha::stores::generations
