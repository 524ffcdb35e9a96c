// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/erasure_pictures.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::erasure {
namespace {

constexpr sql::Text kOpen = "SELECT count(*) FROM generation_requests r WHERE r.user_id = $1 AND r.status = 'open'";
constexpr sql::Text kCancel =
    "UPDATE jobs SET cancel_requested = true, updated_at = $2 WHERE finished_at IS NULL AND cancel_requested = false"
    " AND id IN (SELECT r.id FROM generation_requests r WHERE r.user_id = $1 AND r.status = 'open')";
constexpr sql::Text kRemains =
    "SELECT id, created_at, object_key, CASE WHEN status = 'ready' THEN 1 ELSE 0 END FROM generation_requests"
    " WHERE user_id = $1 AND finished_at IS NOT NULL AND id > $2 ORDER BY id LIMIT $3";
constexpr sql::Text kProvider =
    "SELECT a.request_id FROM provider_attempt a WHERE a.job_id IN (SELECT r.id FROM generation_requests r"
    " WHERE r.user_id = $1 AND r.finished_at IS NOT NULL AND r.id > $2 AND r.id <= $3)"
    " AND a.request_id IS NOT NULL AND a.created_at >= $4 ORDER BY a.job_id, a.attempt_no";
constexpr sql::Text kNext =
    "SELECT id FROM (SELECT r.id FROM generation_requests r WHERE r.user_id = $1 AND r.finished_at IS NOT NULL"
    " ORDER BY r.id LIMIT $2) n ORDER BY id DESC LIMIT 1";
constexpr sql::Text kHas =
    "SELECT EXISTS (SELECT 1 FROM generation_requests WHERE user_id = $1 AND finished_at IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM generation_requests WHERE user_id = $1 AND status = 'open')";

/// The requests of a step: $1 whose, $2 the last of them. Those before it are gone already.
constexpr char kThese[] =
    " (SELECT r.id FROM generation_requests r WHERE r.user_id = $1 AND r.finished_at IS NOT NULL AND r.id <= $2)";

constexpr auto kBlankMessages =
    joined("INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)",
           " SELECT m.chat_id, m.message_id, m.sent_at, $3, $3 FROM picture_messages m WHERE m.generation_id IN",
           kThese, " ON CONFLICT (chat_id, message_id) DO NOTHING");
// A message that told how a picture was made may be an older card: how old it is nobody knows.
constexpr auto kBlankStatus =
    joined("INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)",
           " SELECT j.chat_id, j.status_message_id, $4, $3, $3 FROM jobs j WHERE j.status_message_id <> 0 AND j.id IN",
           kThese, " ON CONFLICT (chat_id, message_id) DO NOTHING");
// One message shows several of them. What belongs to none has a batch of no name: so it is their own index that is
// read.
constexpr char kTheirBatches[] =
    " (SELECT coalesce(r.batch_id, r.id) FROM generation_requests r WHERE r.user_id = $1 AND r.finished_at IS NOT NULL"
    " AND r.id <= $2)";
constexpr auto kBlankBatches =
    joined("INSERT INTO message_blanks (chat_id, message_id, sent_at, next_at, created_at)",
           " SELECT b.chat_id, b.message_id, $4, $3, $3 FROM batches b WHERE b.message_id <> 0 AND b.id IN",
           kTheirBatches, " ON CONFLICT (chat_id, message_id) DO NOTHING");
constexpr auto kBatches = joined("DELETE FROM batches WHERE open = 0 AND id IN", kTheirBatches);
constexpr auto kOfParents = joined("UPDATE batches SET parent_id = NULL WHERE parent_id IN", kThese);
constexpr auto kEvents = joined(
    "DELETE FROM provider_event WHERE request_id IN (SELECT a.request_id FROM provider_attempt a"
    " WHERE a.request_id IS NOT NULL AND a.job_id IN",
    kThese, ")");
constexpr auto kJobs = joined("DELETE FROM jobs WHERE id IN", kThese);
constexpr auto kMessages = joined("DELETE FROM picture_messages WHERE generation_id IN", kThese);
constexpr auto kSaved = joined("DELETE FROM user_saved_images WHERE generation_request_id IN", kThese);
constexpr auto kTexts = joined("DELETE FROM picture_texts WHERE generation_id IN", kThese);
constexpr auto kUnread = joined("DELETE FROM unread_pictures WHERE generation_id IN", kThese);
constexpr auto kInAlbums = joined("DELETE FROM album_pictures WHERE generation_id IN", kThese);
constexpr auto kCovers = joined("UPDATE albums SET cover_id = NULL WHERE cover_id IN", kThese);
constexpr auto kTags = joined("DELETE FROM picture_tags WHERE generation_id IN", kThese);
constexpr auto kMissing = joined("DELETE FROM missing_pictures WHERE generation_id IN", kThese);
constexpr auto kLinks = joined("DELETE FROM share_links WHERE generation_id IN", kThese);
constexpr auto kParents = joined("UPDATE generation_requests SET parent_id = NULL WHERE parent_id IN", kThese);
constexpr auto kKeys = joined("DELETE FROM request_keys WHERE request_id IN", kThese);
constexpr sql::Text kRequests =
    "DELETE FROM generation_requests WHERE user_id = $1 AND finished_at IS NOT NULL AND id <= $2";

/// Behind what is read from them, before the requests.
constexpr sql::Text kPointers[] = {kEvents.data(),    kJobs.data(),    kMessages.data(), kSaved.data(),
                                   kTexts.data(),     kUnread.data(),  kInAlbums.data(), kCovers.data(),
                                   kTags.data(),      kMissing.data(), kLinks.data(),    kBatches.data(),
                                   kOfParents.data(), kParents.data(), kKeys.data()};

}  // namespace

Task<std::int64_t> count_open(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kOpen, person));
  co_return rows[0].i64(0);
}

void cancel_open(UnitOfWork& unit, const Uuid& person) {
  unit.write_any(sql::Statement(kCancel, person, unit.now()));
}

Task<std::vector<Remains>> remains_after(UnitOfWork& unit, Uuid person, Uuid after, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kRemains, person, after, limit).scan());
  std::vector<Remains> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.time(1), row.text(2), row.i64(3) != 0});
  }
  co_return out;
}

Task<std::vector<std::string>> provider_requests(UnitOfWork& unit, Uuid person, Uuid after, Uuid last,
                                                 TimePoint since) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kProvider, person, after, last, since).scan());
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back(row.text(0));
  }
  co_return out;
}

Task<std::optional<Uuid>> next_rows(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNext, person, kRows));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].uuid(0));
}

void delete_rows(UnitOfWork& unit, const Uuid& person, const Uuid& last) {
  unit.write_any(sql::Statement(kBlankMessages.data(), person, last, unit.now()));
  unit.write_any(sql::Statement(kBlankStatus.data(), person, last, unit.now(), TimePoint{}));
  unit.write_any(sql::Statement(kBlankBatches.data(), person, last, unit.now(), TimePoint{}));
  for (const sql::Text& text : kPointers) {
    unit.write_any(sql::Statement(text, person, last));
  }
  unit.write_any(sql::Statement(kRequests, person, last));
}

Task<bool> has_requests(UnitOfWork& unit, Uuid person) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kHas, person));
  co_return rows[0].boolean(0);
}

}  // namespace aisha::stores::erasure
