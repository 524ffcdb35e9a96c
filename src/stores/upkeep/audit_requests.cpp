// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit_requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "domain/job.hpp"
#include "stores/upkeep/audit_batches.hpp"

namespace aisha::stores::audit {
namespace {

// The last id of a page: no table has more rows of it than it may, also where rows of the others are missing.
constexpr sql::Text kLastIds =
    "SELECT id FROM (SELECT id FROM generation_requests WHERE id > $1 ORDER BY id LIMIT 1 OFFSET $2) r"
    " UNION ALL SELECT id FROM (SELECT id FROM jobs WHERE id > $1 ORDER BY id LIMIT 1 OFFSET $2) j"
    " UNION ALL SELECT id FROM (SELECT request_id AS id FROM request_keys WHERE request_id > $1"
    " ORDER BY request_id LIMIT 1 OFFSET $2) k"
    " UNION ALL SELECT id FROM (SELECT job_id AS id FROM ledger_transfer WHERE job_id > $1"
    " ORDER BY job_id LIMIT 1 OFFSET $3) t"
    " UNION ALL SELECT id FROM (SELECT job_id AS id FROM provider_attempt WHERE job_id > $1"
    " ORDER BY job_id LIMIT 1 OFFSET $3) a";
// Each table by its own range of ids: of a join with the page PostgreSQL makes a scan of the whole ledger.
constexpr sql::Text kRequests =
    "SELECT id, status, price, object_key, finished_at, CASE WHEN purged_at IS NULL THEN 0 ELSE 1 END,"
    " CASE WHEN is_imported = true THEN 1 ELSE 0 END FROM generation_requests WHERE id > $1 AND id <= $2";
// Counted one by one: there are few jobs, but the range may hold the attempts of years.
constexpr sql::Text kJobs =
    "SELECT j.id, j.kind, j.prev_status, j.status, j.attempt,"
    " (SELECT count(*) FROM job_transition t WHERE t.from_status = j.prev_status AND t.to_status = j.status),"
    " (SELECT count(*) FROM provider_attempt a WHERE a.job_id = j.id),"
    " (SELECT coalesce(max(a.attempt_no), 0) FROM provider_attempt a WHERE a.job_id = j.id),"
    " (SELECT count(a.request_id) FROM provider_attempt a WHERE a.job_id = j.id), j.price, j.rerolls"
    " FROM jobs j WHERE j.id > $1 AND j.id <= $2";
constexpr sql::Text kTransfers = "SELECT job_id, kind FROM ledger_transfer WHERE job_id > $1 AND job_id <= $2";
constexpr sql::Text kKeys = "SELECT request_id FROM request_keys WHERE request_id > $1 AND request_id <= $2";
constexpr sql::Text kKey = "SELECT request_key FROM request_keys WHERE request_id = $1";
constexpr sql::Text kMissing =
    "SELECT generation_id FROM missing_pictures WHERE generation_id > $1 AND generation_id <= $2 AND code IS NULL";
constexpr sql::Text kNameless =
    "SELECT id, state FROM provider_attempt WHERE job_id > $1 AND job_id <= $2 AND state IN ('accepted', 'ok')"
    " AND request_id IS NULL ORDER BY job_id, attempt_no";
// Keys of one shape stand in the order of their ids, whatever the collation; those of other shapes between them do no
// harm.
constexpr sql::Text kMessages = "SELECT dedupe_key FROM outbox WHERE dedupe_key > $1 AND dedupe_key <= $2";

// What was to be told to somebody who is being erased goes before what it told of.
constexpr sql::Text kLeaves =
    "SELECT 1 FROM generation_requests r JOIN data_requests d ON d.user_id = r.user_id"
    " WHERE r.id = $1 AND d.finished_at IS NULL AND d.kind = 'erase'";

struct Request {
  std::string status;
  std::int64_t price = 0;
  std::string object_key;
  std::optional<TimePoint> finished_at;
  bool is_purged = false;
  bool is_imported = false;
};

struct Job {
  std::string kind;
  std::string before;
  std::string status;
  std::int64_t tries = 0;
  bool is_legal = false;
  std::int64_t written = 0;
  std::int64_t last = 0;
  std::int64_t named = 0;
  std::int64_t price = 0;
  std::int64_t rerolls = 0;
};

/// What the tables have under one id.
struct Facts {
  std::optional<Request> request;
  std::optional<Job> job;
  int holds = 0;
  int captures = 0;
  int releases = 0;
  int keys = 0;
  bool is_missing = false;
};

struct Range {
  Uuid after;
  Uuid last;
  bool is_end = false;
};

using Found = std::vector<std::string>;
using FactsById = std::map<Uuid, Facts>;

Task<Range> range_after(UnitOfWork& unit, Uuid after, std::int64_t limit) {
  // A job has a hold and its end, and a few attempts.
  const std::int64_t of_jobs = 4 * limit;
  const sql::Rows ids = co_await unit.read(sql::Statement(kLastIds, after, limit - 1, of_jobs - 1).scan());
  Range range{after, {}, ids.empty()};
  range.last.bytes.fill(0xFF);
  for (const sql::Row row : ids) {
    range.last = std::min(range.last, row.uuid(0));
  }
  co_return range;
}

void add_request(Facts& facts, const sql::Row& row) {
  facts.request = Request{row.text(1), row.i64(2), row.text(3), row.opt_time(4), row.i64(5) != 0, row.i64(6) != 0};
}

void add_job(Facts& facts, const sql::Row& row) {
  facts.job = Job{row.text(1), row.text(2), row.text(3), row.i64(4), row.i64(5) != 0,
                  row.i64(6),  row.i64(7),  row.i64(8),  row.i64(9), row.i64(10)};
}

void add_transfer(Facts& facts, const sql::Row& row) {
  const std::string& kind = row.text(1);
  facts.holds += kind == "hold" ? 1 : 0;
  facts.captures += kind == "capture" ? 1 : 0;
  facts.releases += kind == "release" ? 1 : 0;
}

void add_key(Facts& facts, const sql::Row&) {
  ++facts.keys;
}

void add_missing(Facts& facts, const sql::Row&) {
  facts.is_missing = true;
}

Task<FactsById> facts_of(UnitOfWork& unit, Range range) {
  struct Source {
    sql::Text text;
    void (*add)(Facts&, const sql::Row&);
  };
  static constexpr Source kSources[] = {{kRequests, add_request},
                                        {kJobs, add_job},
                                        {kTransfers, add_transfer},
                                        {kKeys, add_key},
                                        {kMissing, add_missing}};
  FactsById facts;
  for (const Source& source : kSources) {
    const sql::Rows rows = co_await unit.read(sql::Statement(source.text, range.after, range.last).scan());
    for (const sql::Row row : rows) {
      source.add(facts[row.uuid(0)], row);
    }
  }
  co_return facts;
}

void check_money(const std::string& id, const Facts& facts, Found& found) {
  const Request& request = *facts.request;
  const int paid = request.price > 0 ? 1 : 0;
  const int captures = request.status == "ready" ? paid : 0;
  const int releases = request.status == "failed" || request.status == "cancelled" ? paid : 0;
  if (facts.holds != paid || facts.captures != captures || facts.releases != releases) {
    found.push_back(fmt::format("I5 request {} {}: {} holds, {} captures, {} releases", id, request.status, facts.holds,
                                facts.captures, facts.releases));
  }
}

/// The word a request has while its job has that one.
std::string_view word_for(std::string_view job_status) {
  if (job_status == "succeeded") {
    return "ready";
  }
  return job_status == "failed" || job_status == "cancelled" ? job_status : "open";
}

/// Imported pictures have neither job nor money nor message.
void check_imported(const std::string& id, const Facts& facts, Found& found) {
  if (!facts.request->is_purged && facts.request->object_key.empty() != facts.is_missing) {
    found.push_back(fmt::format("I7 imported picture {}: object and note that it is missing disagree", id));
  }
}

void check_request(const std::string& id, const Facts& facts, Found& found) {
  const Request& request = *facts.request;
  if (request.is_imported) {
    check_imported(id, facts, found);
    return;
  }
  check_money(id, facts, found);
  if (!request.is_purged && (request.status == "ready") == request.object_key.empty()) {
    found.push_back(fmt::format("I7 request {} {}: object \"{}\"", id, request.status, request.object_key));
  }
  if (facts.keys != 1) {
    found.push_back(fmt::format("I10 request {}: {} request keys", id, facts.keys));
  }
  if (facts.job ? word_for(facts.job->status) != request.status : request.status == "open") {
    found.push_back(
        fmt::format("I13 request {} is {}, its job {}", id, request.status, facts.job ? facts.job->status : "is gone"));
  }
}

void check_job(const std::string& id, const Facts& facts, Found& found) {
  const Job& job = *facts.job;
  if (job.kind == "picture" && !facts.request) {
    found.push_back(fmt::format("I13 job {} {}: no request", id, job.status));
  }
  if (!job.is_legal) {
    found.push_back(fmt::format("I11 job {}: from {} to {}", id, job.before, job.status));
  }
  if (job.tries != job.written || job.tries != job.last) {
    found.push_back(fmt::format("I11 job {}: {} tries, {} written down, the last is number {}", id, job.tries,
                                job.written, job.last));
  }
  if (job.status == "running" && job.named == 0) {
    found.push_back(fmt::format("I12 job {} {}: no request", id, job.status));
  }
  if (job.rerolls > 0 && facts.holds != (job.price > 0 ? 1 : 0)) {
    found.push_back(
        fmt::format("I21 job {} {}: {} holds, made anew {} times", id, job.status, facts.holds, job.rerolls));
  }
}

Task<void> check_lost_keys(UnitOfWork& unit, const FactsById& facts, Found& found) {
  for (const auto& [id, one] : facts) {
    if (one.keys > 0 && !one.request) {
      const sql::Rows key = co_await unit.read(sql::Statement(kKey, id));
      found.push_back(fmt::format("I10 {}: its request is gone", key.empty() ? id.to_string() : key[0].text(0)));
    }
  }
}

Task<void> check_attempts(UnitOfWork& unit, Range range, Found& found) {
  const sql::Rows nameless = co_await unit.read(sql::Statement(kNameless, range.after, range.last).scan());
  for (const sql::Row row : nameless) {
    found.push_back(fmt::format("I12 attempt {} {}: no request", row.uuid(0).to_string(), row.text(1)));
  }
}

bool must_have_told(const Facts& facts, TimePoint kept_since) {
  return facts.request && !facts.request->is_imported && facts.request->finished_at &&
         *facts.request->finished_at >= kept_since;
}

Task<void> check_messages(UnitOfWork& unit, Range range, const FactsById& facts, TimePoint kept_since, Found& found) {
  if (std::ranges::none_of(facts, [&](const auto& one) { return must_have_told(one.second, kept_since); })) {
    co_return;
  }
  const std::string after = domain::result_message_key(range.after);
  const std::string last = domain::result_message_key(range.last);
  const sql::Rows rows = co_await unit.read(sql::Statement(kMessages, after, last).scan());
  std::set<std::string> keys;
  for (const sql::Row row : rows) {
    keys.insert(row.text(0));
  }
  for (const auto& [id, one] : facts) {
    if (must_have_told(one, kept_since) && !keys.contains(domain::result_message_key(id))) {
      const sql::Rows leaves = co_await unit.read(sql::Statement(kLeaves, id));
      if (!leaves.empty()) {
        continue;
      }
      found.push_back(fmt::format("I8 request {} {}: no result message", id.to_string(), one.request->status));
    }
  }
}

}  // namespace

Task<Page> look_at_requests(UnitOfWork& unit, const Rules& rules, Mark mark) {
  Page page;
  const Range range = co_await range_after(unit, mark.after, rules.requests);
  const FactsById facts = co_await facts_of(unit, range);
  for (const auto& [id, one] : facts) {
    const std::string name = id.to_string();
    if (one.request) {
      ++page.rows;
      check_request(name, one, page.found);
    }
    if (one.job) {
      check_job(name, one, page.found);
    }
  }
  co_await check_lost_keys(unit, facts, page.found);
  co_await check_attempts(unit, range, page.found);
  const TimePoint kept_since = unit.now() - rules.kept_for;
  co_await check_messages(unit, range, facts, kept_since, page.found);
  co_await check_batches(unit, range.after, range.last, kept_since, page.found);
  mark.after = range.last;
  if (range.is_end) {
    mark.part = Part::people;
    mark.after = Uuid{};
  }
  page.next = mark;
  co_return page;
}

}  // namespace aisha::stores::audit
