// SPDX-License-Identifier: Apache-2.0
#include "stores/photos/training_photos.hpp"

#include <array>

#include "domain/enum_names.hpp"
#include "stores/unit/sql_text.hpp"

namespace aisha::stores::training_photos {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"new", "kept", "refused", "removed"};
constexpr std::string_view kBucket = "generated";
constexpr std::string_view kContentType = "image/jpeg";

constexpr char kColumns[] =
    "id, avatar_id, user_id, chat_id, message_id, group_id, file_id, unique_id, name, declared_bytes, as_file, state,"
    " reason, weak, same_as, object_key, attempts, lease_epoch, created_at";

constexpr sql::Text kAdd =
    "INSERT INTO training_photos (id, avatar_id, user_id, chat_id, message_id, group_id, file_id, unique_id, name,"
    " declared_bytes, as_file, state, reason, settled_at, next_at, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)"
    " ON CONFLICT (avatar_id, unique_id) DO NOTHING";

// Of each avatar the first by its message, and none while another one of it is in hand.
constexpr char kHead[] =
    "NOT EXISTS (SELECT 1 FROM training_photos q WHERE q.avatar_id = p.avatar_id AND q.state IN ('new', 'removed')"
    " AND (q.message_id, q.id) < (p.message_id, p.id))";
constexpr auto kClaim = joined(
    "UPDATE training_photos SET lease_until = $2, lease_epoch = lease_epoch + 1, attempts = attempts + 1"
    " WHERE id IN (SELECT p.id FROM training_photos p WHERE p.state IN ('new', 'removed') AND p.next_at <= $1"
    " AND NOT EXISTS (SELECT 1 FROM training_photos b WHERE b.avatar_id = p.avatar_id AND b.lease_until > $1"
    " AND b.state IN ('new', 'removed')) AND ",
    kHead, " ORDER BY p.next_at, p.id LIMIT $3 /*skip locked*/) RETURNING ", kColumns);
constexpr auto kNextDue = joined(
    "SELECT min(CASE WHEN d.next_at > d.busy THEN d.next_at ELSE d.busy END) FROM (SELECT p.next_at AS next_at,"
    " (SELECT max(b.lease_until) FROM training_photos b WHERE b.avatar_id = p.avatar_id"
    " AND b.state IN ('new', 'removed')) AS busy FROM training_photos p WHERE p.state IN ('new', 'removed') AND ",
    kHead, ") d");

constexpr sql::Text kCompared =
    "SELECT d.version, cast(a.training_type as text), p.id, p.dhash FROM avatar_details d"
    " JOIN avatars a ON a.id = d.avatar_id"
    " LEFT JOIN training_photos p ON p.avatar_id = d.avatar_id AND p.state = 'kept' WHERE d.avatar_id = $1"
    " ORDER BY p.message_id";
constexpr sql::Text kNext = "UPDATE avatar_details SET version = version + 1 WHERE avatar_id = $1 AND version = $2";
constexpr char kMine[] = " WHERE id = $1 AND lease_epoch = $2 AND state = 'new'";
constexpr auto kKeep = joined(
    "UPDATE training_photos SET state = 'kept', lease_until = $3, settled_at = $4, weak = $5, same_as = $6,"
    " bucket = $7, object_key = $8, width = $9, height = $10, bytes = $11, sha256 = $12, dhash = $13, faces = $14,"
    " face_side = $15, sharpness = $16, merit = $17",
    kMine);
constexpr auto kRefuse =
    joined("UPDATE training_photos SET state = 'refused', lease_until = $3, settled_at = $4, reason = $5, same_as = $6",
           kMine);
constexpr sql::Text kRetry =
    "UPDATE training_photos SET lease_until = $3, next_at = $4 WHERE id = $1 AND lease_epoch = $2"
    " AND state IN ('new', 'removed')";
constexpr sql::Text kForget = "DELETE FROM training_photos WHERE id = $1 AND lease_epoch = $2 AND state = 'removed'";

constexpr auto kList = joined("SELECT ", kColumns,
                              " FROM training_photos WHERE avatar_id = $1 AND state <> 'removed'"
                              " ORDER BY message_id, id");
constexpr sql::Text kReferences =
    "SELECT bucket, object_key, width, height FROM training_photos WHERE avatar_id = $1 AND state = 'kept'"
    " ORDER BY merit DESC, message_id LIMIT $2";

// Who has one in hand may be about to write its object: its lease stays, and nobody removes before it is over.
constexpr sql::Text kRemoveWeak =
    "UPDATE training_photos SET state = 'removed', next_at = $2 WHERE avatar_id = $1 AND state = 'kept'"
    " AND weak <> ''";
constexpr sql::Text kRemoveAll =
    "UPDATE training_photos SET state = 'removed', next_at = $2, settled_at = $2 WHERE avatar_id = $1"
    " AND state IN ('new', 'kept')";
constexpr sql::Text kDropRefused = "DELETE FROM training_photos WHERE avatar_id = $1 AND state = 'refused'";

Photo photo_of(const sql::Row& row) {
  Photo photo;
  photo.id = row.uuid(0);
  photo.avatar_id = row.uuid(1);
  photo.user_id = row.uuid(2);
  photo.chat_id = row.i64(3);
  photo.message_id = row.i64(4);
  photo.group_id = row.text(5);
  photo.file_id = row.text(6);
  photo.unique_id = row.text(7);
  photo.name = row.text(8);
  photo.declared_bytes = row.i64(9);
  photo.as_file = row.boolean(10);
  photo.state = domain::enum_names::value_of<State>(kStates, row.text(11));
  photo.reason = row.text(12);
  photo.weak = row.text(13);
  photo.same_as = row.opt_uuid(14);
  photo.object_key = row.text(15);
  photo.attempts = row.i64(16);
  photo.epoch = row.i64(17);
  photo.created_at = row.time(18);
  return photo;
}

std::vector<Photo> photos_of(const sql::Rows& rows) {
  std::vector<Photo> out;
  for (const sql::Row row : rows) {
    out.push_back(photo_of(row));
  }
  return out;
}

}  // namespace

void add(UnitOfWork& unit, const Photo& photo) {
  const bool is_open = photo.state == State::fresh;
  const auto settled = is_open ? std::nullopt : std::optional(unit.now());
  unit.write_any(sql::Statement(kAdd, photo.id, photo.avatar_id, photo.user_id, photo.chat_id, photo.message_id,
                                photo.group_id, photo.file_id, photo.unique_id, photo.name, photo.declared_bytes,
                                photo.as_file, domain::enum_names::text_of(kStates, photo.state),
                                sql::or_null(photo.reason), settled, unit.now()));
}

Task<std::vector<Photo>> claim(UnitOfWork& unit, std::int64_t limit, Millis lease) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kClaim.data(), unit.now(), unit.now() + lease, limit));
  co_return photos_of(rows);
}

Task<std::optional<TimePoint>> next_due(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNextDue.data()));
  co_return rows[0].opt_time(0);
}

Task<std::optional<Compared>> compared(UnitOfWork& unit, Uuid avatar_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kCompared, avatar_id));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  Compared out;
  out.version = rows[0].i64(0);
  out.kind = domain::avatar_kind_from(rows[0].text(1));
  for (const sql::Row row : rows) {
    const auto dhash = domain::dhash_from(row.text(3));
    if (dhash) {
      out.kept.push_back({row.uuid(2), *dhash});
    }
  }
  co_return out;
}

void keep(UnitOfWork& unit, const Photo& photo, const domain::PhotoVerdict& verdict, const Object& object,
          const Compared& with) {
  unit.write(sql::Statement(kNext, photo.avatar_id, with.version));
  const std::string_view weak = verdict.weak ? code_of(*verdict.weak) : std::string_view();
  unit.write(sql::Statement(kKeep.data(), photo.id, photo.epoch, TimePoint{}, unit.now(), weak, verdict.same_as,
                            kBucket, domain::photo_object_key(photo.avatar_id, photo.id), object.width, object.height,
                            object.bytes, object.sha256, domain::dhash_text(object.dhash), verdict.faces,
                            verdict.face_side, verdict.sharpness, verdict.merit));
}

void refuse(UnitOfWork& unit, const Photo& photo, Errc reason, const domain::PhotoVerdict& verdict) {
  unit.write(
      sql::Statement(kRefuse.data(), photo.id, photo.epoch, TimePoint{}, unit.now(), code_of(reason), verdict.same_as));
}

void retry(UnitOfWork& unit, const Photo& photo, Millis delay) {
  unit.write(sql::Statement(kRetry, photo.id, photo.epoch, TimePoint{}, unit.now() + delay));
}

void forget(UnitOfWork& unit, const Photo& photo) {
  unit.write(sql::Statement(kForget, photo.id, photo.epoch));
}

Task<std::vector<Photo>> list(UnitOfWork& unit, Uuid avatar_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kList.data(), avatar_id));
  co_return photos_of(rows);
}

Task<std::vector<ReferencePhoto>> references(UnitOfWork& unit, Uuid avatar_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kReferences, avatar_id, domain::kReferencesMost));
  std::vector<ReferencePhoto> out;
  for (const sql::Row row : rows) {
    out.push_back({row.text(0), row.text(1), std::string(kContentType), row.i64(2), row.i64(3)});
  }
  co_return out;
}

void remove_weak(UnitOfWork& unit, const Uuid& avatar_id) {
  unit.write_any(sql::Statement(kRemoveWeak, avatar_id, unit.now()));
}

void remove_all(UnitOfWork& unit, const Uuid& avatar_id) {
  unit.write_any(sql::Statement(kRemoveAll, avatar_id, unit.now()));
  unit.write_any(sql::Statement(kDropRefused, avatar_id));
}

}  // namespace aisha::stores::training_photos
