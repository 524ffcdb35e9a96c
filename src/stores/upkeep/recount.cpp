// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/recount.hpp"

namespace aisha::stores {
namespace {

constexpr sql::Text kMake =
    "INSERT INTO user_days (user_id, local_day, style) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kLock =
    "UPDATE user_days SET pictures = pictures WHERE user_id = $1 AND local_day = $2 AND style = $3";
constexpr sql::Text kCount =
    "UPDATE user_days SET pictures = c.pictures, made = c.made, kept = c.kept, dropped = c.dropped, spent = c.spent"
    " FROM (SELECT coalesce(sum(CASE WHEN r.deleted_at IS NULL THEN 1 ELSE 0 END), 0) AS pictures, count(*) AS made,"
    " coalesce(sum(CASE WHEN s.id IS NOT NULL THEN 1 ELSE 0 END), 0) AS kept,"
    " coalesce(sum(CASE WHEN r.deleted_at IS NOT NULL AND r.deleted_batch IS NULL THEN 1 ELSE 0 END), 0) AS dropped,"
    " coalesce(cast(sum(r.price) as bigint), 0) AS spent FROM generation_requests r LEFT JOIN user_saved_images s"
    " ON s.user_id = r.user_id AND s.generation_request_id = r.id"
    " WHERE r.user_id = $1 AND r.finished_at IS NOT NULL AND r.local_day = $2 AND coalesce(r.template_id, '') = $3 AND "
    "r.status = 'ready') c"
    " WHERE user_days.user_id = $1 AND user_days.local_day = $2 AND user_days.style = $3";

}  // namespace

void recount(UnitOfWork& unit, const Uuid& user_id, std::string_view local_day, std::string_view style) {
  unit.write_any(sql::Statement(kMake, user_id, local_day, style));
  // Whoever changes a picture waits for this row behind the picture's own: what is counted now and what they add then
  // are two things.
  unit.write(sql::Statement(kLock, user_id, local_day, style));
  unit.write(sql::Statement(kCount, user_id, local_day, style));
}

}  // namespace aisha::stores
