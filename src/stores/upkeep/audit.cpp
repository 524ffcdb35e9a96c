// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "stores/upkeep/audit_money.hpp"
#include "stores/upkeep/audit_people.hpp"
#include "stores/upkeep/audit_requests.hpp"

namespace aisha::stores::audit {
namespace {

constexpr sql::Text kLateJobs =
    "SELECT id, status, deadline_at FROM jobs WHERE finished_at IS NULL AND deadline_at < $1 ORDER BY id";
constexpr sql::Text kLateMessages =
    "SELECT id, kind, created_at FROM outbox WHERE done_at IS NULL AND created_at < $1 ORDER BY id";
constexpr sql::Text kLongErasures =
    "SELECT id, step, created_at FROM data_requests WHERE finished_at IS NULL AND kind = 'erase' AND created_at < $1"
    " ORDER BY id";
constexpr sql::Text kPictures =
    "SELECT id, object_key, sha256, bytes FROM generation_requests WHERE object_key IS NOT NULL AND id > $1"
    " UNION ALL SELECT id, object_key, sha256, bytes FROM training_photos WHERE state = 'kept' AND id > $1"
    " ORDER BY id LIMIT $2";

Task<Page> look_at_waiting(UnitOfWork& unit, const Rules& rules) {
  Page page;
  page.next.part = Part::none;
  const sql::Rows jobs = co_await unit.read(sql::Statement(kLateJobs, unit.now() - rules.patience).scan());
  for (const sql::Row row : jobs) {
    page.found.push_back(fmt::format("I9 job {} is {} since its deadline, {}", row.uuid(0).to_string(), row.text(1),
                                     to_iso8601(row.time(2))));
  }
  const sql::Rows messages = co_await unit.read(sql::Statement(kLateMessages, unit.now() - rules.longest_wait).scan());
  for (const sql::Row row : messages) {
    page.found.push_back(fmt::format("I9 message {} {}: untold since {}", row.uuid(0).to_string(), row.text(1),
                                     to_iso8601(row.time(2))));
  }
  const sql::Rows erasures =
      co_await unit.read(sql::Statement(kLongErasures, unit.now() - rules.longest_erasure).scan());
  for (const sql::Row row : erasures) {
    page.found.push_back(fmt::format("I17 erasure {}: at {} and not done since {}", row.uuid(0).to_string(),
                                     row.text(1), to_iso8601(row.time(2))));
  }
  co_return page;
}

}  // namespace

Task<Page> look(UnitOfWork& unit, const Rules& rules, Mark mark) {
  switch (mark.part) {
    case Part::transfers: return look_at_transfers(unit, rules, mark);
    case Part::accounts: return look_at_accounts(unit, rules, mark);
    case Part::requests: return look_at_requests(unit, rules, mark);
    case Part::people: return look_at_people(unit, rules, mark);
    case Part::sums: return look_at_sums(unit, mark);
    default: return look_at_waiting(unit, rules);
  }
}

Task<std::vector<std::string>> violations(UnitOfWork& unit, Rules rules) {
  std::vector<std::string> found;
  Mark mark;
  while (mark.part != Part::none) {
    Page page = co_await look(unit, rules, mark);
    std::ranges::move(page.found, std::back_inserter(found));
    mark = page.next;
  }
  co_return found;
}

Task<std::vector<StoredPicture>> pictures_after(UnitOfWork& unit, Uuid last, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kPictures, last, limit).scan());
  std::vector<StoredPicture> out;
  for (const sql::Row row : rows) {
    out.push_back({row.uuid(0), row.text(1), row.text(2), row.i64(3)});
  }
  co_return out;
}

}  // namespace aisha::stores::audit
