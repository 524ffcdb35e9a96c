// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace aisha::stores::audit {
namespace {

// The last person of a page: no table has more rows of them than it may, but for those of one.
constexpr sql::Text kLastPeople =
    "SELECT user_id FROM (SELECT user_id FROM generation_requests WHERE user_id > $1"
    " AND finished_at IS NOT NULL ORDER BY user_id LIMIT 1 OFFSET "
    "$2)"
    " r UNION ALL SELECT user_id FROM (SELECT user_id FROM user_days WHERE user_id > $1"
    " ORDER BY user_id LIMIT 1 OFFSET $2) d"
    " UNION ALL SELECT user_id FROM (SELECT user_id FROM user_saved_images WHERE user_id > $1"
    " ORDER BY user_id LIMIT 1 OFFSET $2) s";
constexpr sql::Text kCounted =
    "SELECT user_id, local_day, style, pictures, made, kept, dropped, spent FROM user_days"
    " WHERE user_id > $1 AND user_id <= $2";
constexpr sql::Text kRows =
    "SELECT user_id, local_day, coalesce(template_id, ''), sum(CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END), "
    "count(*),"
    " 0, sum(CASE WHEN deleted_at IS NOT NULL AND deleted_batch IS NULL THEN 1 ELSE 0 END), cast(sum(price) as bigint)"
    " FROM generation_requests WHERE user_id > $1 AND user_id <= $2 AND finished_at IS NOT NULL AND status = 'ready'"
    " GROUP BY user_id, local_day, coalesce(template_id, '')";
constexpr sql::Text kKept =
    "SELECT s.user_id, r.local_day, coalesce(r.template_id, ''), 0, 0, count(*), 0, 0 FROM user_saved_images s"
    " JOIN generation_requests r ON r.id = s.generation_request_id WHERE s.user_id > $1 AND s.user_id <= $2"
    " GROUP BY s.user_id, r.local_day, coalesce(r.template_id, '')";
constexpr sql::Text kSaved =
    "SELECT s.generation_request_id, CASE WHEN s.is_favorite = true OR s.is_saved = true THEN 1 ELSE 0 END,"
    " CASE WHEN r.deleted_at IS NULL THEN 0 ELSE 1 END FROM user_saved_images s"
    " JOIN generation_requests r ON r.id = s.generation_request_id WHERE s.user_id > $1 AND s.user_id <= $2"
    " AND (CASE WHEN s.in_trash = true THEN 1 ELSE 0 END <> CASE WHEN r.deleted_at IS NULL THEN 0 ELSE 1 END"
    " OR NOT (s.is_favorite = true OR s.is_saved = true))";

// The token is a key to the picture, so nobody is told of it.
constexpr sql::Text kShared =
    "SELECT l.generation_id FROM share_links l LEFT JOIN generation_requests r ON r.id = l.generation_id"
    " WHERE l.user_id > $1 AND l.user_id <= $2 AND l.revoked_at IS NULL"
    " AND (r.id IS NULL OR r.user_id <> l.user_id OR r.status <> 'ready' OR r.purged_at IS NOT NULL)";
constexpr sql::Text kBeingErased =
    "SELECT user_id FROM data_requests WHERE finished_at IS NULL AND kind = 'erase' AND user_id > $1 AND user_id <= $2";
// Only where the table of people is ours does an erased one lose their Telegram id.
constexpr sql::Text kErased = "SELECT id FROM users WHERE id > $1 AND id <= $2 AND telegram_id LIKE 'erased:%'";
constexpr sql::Text kLeft =
    "SELECT 'requests' WHERE EXISTS (SELECT 1 FROM generation_requests WHERE user_id = $1 AND finished_at IS NOT NULL)"
    " UNION ALL SELECT 'open requests' WHERE EXISTS (SELECT 1 FROM generation_requests WHERE user_id = $1"
    " AND status = 'open')"
    " UNION ALL SELECT 'chats' WHERE EXISTS (SELECT 1 FROM chats WHERE user_id = $1)"
    " UNION ALL SELECT 'settings' WHERE EXISTS (SELECT 1 FROM user_settings WHERE user_id = $1)"
    " UNION ALL SELECT 'counters' WHERE EXISTS (SELECT 1 FROM user_days WHERE user_id = $1)"
    " UNION ALL SELECT 'saved pictures' WHERE EXISTS (SELECT 1 FROM user_saved_images WHERE user_id = $1)"
    " UNION ALL SELECT 'kept styles' WHERE EXISTS (SELECT 1 FROM user_favorite_templates WHERE user_id = $1)"
    " UNION ALL SELECT 'words' WHERE EXISTS (SELECT 1 FROM picture_texts WHERE user_id = $1)"
    " UNION ALL SELECT 'clears' WHERE EXISTS (SELECT 1 FROM gallery_clears WHERE user_id = $1)"
    " UNION ALL SELECT 'links' WHERE EXISTS (SELECT 1 FROM share_links WHERE user_id = $1)"
    " UNION ALL SELECT 'thrown away avatars' WHERE EXISTS (SELECT 1 FROM avatar_bin WHERE user_id = $1)"
    " UNION ALL SELECT 'details of avatars' WHERE EXISTS (SELECT 1 FROM avatars a JOIN avatar_details v"
    " ON v.avatar_id = a.id WHERE a.user_id = $1)"
    " UNION ALL SELECT 'photos' WHERE EXISTS (SELECT 1 FROM training_photos WHERE user_id = $1)"
    " UNION ALL SELECT 'consents' WHERE EXISTS (SELECT 1 FROM consents WHERE user_id = $1)"
    " UNION ALL SELECT 'albums' WHERE EXISTS (SELECT 1 FROM albums WHERE user_id = $1)"
    " UNION ALL SELECT 'tags' WHERE EXISTS (SELECT 1 FROM picture_tags WHERE user_id = $1)"
    " UNION ALL SELECT 'appeals' WHERE EXISTS (SELECT 1 FROM moderation_appeals WHERE user_id = $1)"
    " UNION ALL SELECT 'file ids' WHERE EXISTS (SELECT 1 FROM file_ids WHERE user_id = $1)";

constexpr sql::Text kOfPhotos =
    "SELECT a.id, cast(a.photos_count as bigint), (SELECT count(*) FROM training_photos p WHERE p.avatar_id = a.id"
    " AND p.state = 'kept') FROM avatars a JOIN avatar_details v ON v.avatar_id = a.id"
    " WHERE v.made_from = 'references' AND a.user_id > $1 AND a.user_id <= $2 AND a.photos_count <> (SELECT count(*)"
    " FROM training_photos p WHERE p.avatar_id = a.id AND p.state = 'kept')";

struct Stretch {
  Uuid after;
  Uuid last;
  bool is_end = false;
};

struct Both {
  Counters counted{};
  Counters rows{};
};
/// By person, day and style.
using BothByPlace = std::map<std::tuple<Uuid, std::string, std::string>, Both>;

Task<Stretch> people_after(UnitOfWork& unit, Uuid after, std::int64_t limit) {
  const sql::Rows ids = co_await unit.read(sql::Statement(kLastPeople, after, limit - 1).scan());
  Stretch stretch{after, {}, ids.empty()};
  stretch.last.bytes.fill(0xFF);
  for (const sql::Row row : ids) {
    stretch.last = std::min(stretch.last, row.uuid(0));
  }
  co_return stretch;
}

/// Adds up what a statement counts; how many rows it gave.
Task<std::int64_t> add(UnitOfWork& unit, sql::Text text, Stretch stretch, Counters Both::* side, BothByPlace& all) {
  const sql::Rows rows = co_await unit.read(sql::Statement(text, stretch.after, stretch.last).scan());
  for (const sql::Row row : rows) {
    Counters& counters = all[{row.uuid(0), row.text(1), row.text(2)}].*side;
    for (std::size_t i = 0; i < counters.size(); ++i) {
      counters[i] += row.i64(i + 3);
    }
  }
  co_return static_cast<std::int64_t>(rows.size());
}

Task<Miscounts> miscounts_of(UnitOfWork& unit, Stretch stretch) {
  Miscounts out;
  out.last = stretch.last;
  out.is_end = stretch.is_end;
  BothByPlace all;
  out.rows = co_await add(unit, kCounted, stretch, &Both::counted, all);
  co_await add(unit, kRows, stretch, &Both::rows, all);
  co_await add(unit, kKept, stretch, &Both::rows, all);
  const sql::Rows leaving = co_await unit.read(sql::Statement(kBeingErased, stretch.after, stretch.last));
  for (const sql::Row row : leaving) {
    std::erase_if(all, [&](const auto& one) { return std::get<Uuid>(one.first) == row.uuid(0); });
  }
  for (const auto& [place, both] : all) {
    if (both.counted != both.rows) {
      const auto& [user_id, day, style] = place;
      out.found.push_back({user_id, day, style, both.counted, both.rows});
    }
  }
  co_return out;
}

Task<void> check_saved(UnitOfWork& unit, Stretch stretch, std::vector<std::string>& found) {
  const sql::Rows saved = co_await unit.read(sql::Statement(kSaved, stretch.after, stretch.last).scan());
  for (const sql::Row row : saved) {
    const std::string id = row.uuid(0).to_string();
    if (row.i64(1) == 0) {
      found.push_back(fmt::format("I15 saved picture {}: neither favourite nor saved", id));
    } else {
      const bool is_deleted = row.i64(2) != 0;
      found.push_back(fmt::format("I15 saved picture {}: {} the trash, its mark is {}", id,
                                  is_deleted ? "in" : "not in", is_deleted ? "not" : "in"));
    }
  }
}

Task<void> check_shared(UnitOfWork& unit, Stretch stretch, std::vector<std::string>& found) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kShared, stretch.after, stretch.last).scan());
  for (const sql::Row row : rows) {
    found.push_back(fmt::format("I16 picture {}: shared, and not there to be shown", row.uuid(0).to_string()));
  }
}

Task<void> check_photos(UnitOfWork& unit, Stretch stretch, std::vector<std::string>& found) {
  const sql::Rows avatars = co_await unit.read(sql::Statement(kOfPhotos, stretch.after, stretch.last).scan());
  for (const sql::Row row : avatars) {
    found.push_back(
        fmt::format("I21 avatar {}: counts {} photos, has {}", row.uuid(0).to_string(), row.i64(1), row.i64(2)));
  }
}

Task<void> check_erased(UnitOfWork& unit, Stretch stretch, std::vector<std::string>& found) {
  const sql::Rows people = co_await unit.read(sql::Statement(kErased, stretch.after, stretch.last).scan());
  for (const sql::Row person : people) {
    const sql::Rows left = co_await unit.read(sql::Statement(kLeft, person.uuid(0)));
    for (const sql::Row row : left) {
      found.push_back(fmt::format("I17 erased person {}: {} are left", person.uuid(0).to_string(), row.text(0)));
    }
  }
}

}  // namespace

std::string sentence_of(const Miscount& miscount) {
  std::string out =
      fmt::format("person {} {} \"{}\":", miscount.user_id.to_string(), miscount.local_day, miscount.style);
  std::string_view before = " ";
  for (std::size_t i = 0; i < kCounters.size(); ++i) {
    if (miscount.counted[i] != miscount.rows[i]) {
      out += fmt::format("{}{} {}, not {}", before, kCounters[i], miscount.rows[i], miscount.counted[i]);
      before = "; ";
    }
  }
  return out;
}

Task<Miscounts> miscounts_after(UnitOfWork& unit, Uuid after, std::int64_t limit) {
  const Stretch stretch = co_await people_after(unit, after, limit);
  co_return co_await miscounts_of(unit, stretch);
}

Task<Page> look_at_people(UnitOfWork& unit, const Rules& rules, Mark mark) {
  Page page;
  const Stretch stretch = co_await people_after(unit, mark.after, rules.requests);
  const Miscounts miscounts = co_await miscounts_of(unit, stretch);
  page.rows = miscounts.rows;
  for (const Miscount& one : miscounts.found) {
    page.found.push_back("I14 " + sentence_of(one));
  }
  co_await check_saved(unit, stretch, page.found);
  co_await check_shared(unit, stretch, page.found);
  co_await check_photos(unit, stretch, page.found);
  co_await check_erased(unit, stretch, page.found);
  mark.after = stretch.last;
  if (stretch.is_end) {
    mark.part = Part::sums;
    mark.after = Uuid{};
  }
  page.next = mark;
  co_return page;
}

}  // namespace aisha::stores::audit
