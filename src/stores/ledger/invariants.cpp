// SPDX-License-Identifier: Apache-2.0
#include "stores/ledger/invariants.hpp"

#include <fmt/format.h>

#include <set>

#include "domain/job.hpp"

namespace aisha::stores::ledger {
namespace {

constexpr sql::Text kAmounts =
    "SELECT id, amount FROM ledger_transfer WHERE amount <= 0 OR from_id = to_id ORDER BY id";
constexpr sql::Text kDerived =
    "SELECT a.id, a.user_id, a.kind, a.balance,"
    " coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.to_id = a.id), 0)"
    " - coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.from_id = a.id), 0)"
    " FROM ledger_account a ORDER BY a.id";
// What is asked of a request and its job together. Imported pictures have neither job nor money nor message.
constexpr sql::Text kRequests =
    "SELECT r.id, r.status, r.price, r.object_key, r.finished_at, r.purged_at, j.status,"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = r.id AND t.kind = 'hold'),"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = r.id AND t.kind = 'capture'),"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = r.id AND t.kind = 'release'),"
    " (SELECT count(*) FROM request_keys k WHERE k.request_id = r.id)"
    " FROM generation_requests r LEFT JOIN jobs j ON j.id = r.id WHERE r.is_imported = false ORDER BY r.id";
constexpr sql::Text kJobsAlone =
    "SELECT j.id, j.status FROM jobs j WHERE j.kind = 'picture'"
    " AND NOT EXISTS (SELECT 1 FROM generation_requests r WHERE r.id = j.id) ORDER BY j.id";
constexpr sql::Text kPlaces =
    "SELECT r.id FROM generation_requests r WHERE r.is_imported = true AND r.purged_at IS NULL"
    " AND (r.object_key IS NULL) <> EXISTS (SELECT 1 FROM missing_pictures m WHERE m.generation_id = r.id) ORDER BY "
    "r.id";
constexpr sql::Text kHeld = "SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE kind = 'held'";
constexpr sql::Text kOpenJobs = "SELECT coalesce(sum(price), 0) FROM jobs WHERE finished_at IS NULL";
constexpr sql::Text kResults = "SELECT dedupe_key FROM outbox";

using Findings = std::vector<std::string>;

void check_accounts(const sql::Rows& accounts, Findings& findings) {
  std::int64_t sum = 0;
  for (const sql::Row row : accounts) {
    const std::int64_t derived = row.i64(4);
    const std::string& kind = row.text(2);
    const std::string id = row.uuid(0).to_string();
    if (row.is_null(1)) {
      sum += derived;
      continue;
    }
    const std::int64_t cached = row.i64(3);
    sum += cached;
    if (cached != derived) {
      findings.push_back(fmt::format("I2 account {} {}: cached {}, derived {}", id, kind, cached, derived));
    }
    if ((kind != "debt" && cached < 0) || (kind == "debt" && cached > 0)) {
      findings.push_back(fmt::format("I4 account {} {}: {}", id, kind, cached));
    }
  }
  if (sum != 0) {
    findings.push_back(fmt::format("I3 all accounts together: {}", sum));
  }
}

void check_money(const sql::Row& row, Findings& findings) {
  const std::string id = row.uuid(0).to_string();
  const std::string& status = row.text(1);
  const std::int64_t paid = row.i64(2) > 0 ? 1 : 0;
  const std::int64_t captures = status == "ready" ? paid : 0;
  const std::int64_t releases = status == "failed" || status == "cancelled" ? paid : 0;
  if (row.i64(7) != paid || row.i64(8) != captures || row.i64(9) != releases) {
    findings.push_back(fmt::format("I5 request {} {}: {} holds, {} captures, {} releases", id, status, row.i64(7),
                                   row.i64(8), row.i64(9)));
  }
}

/// The word a request has while its job has that one.
std::string_view word_for(std::string_view job_status) {
  if (job_status == "succeeded") {
    return "ready";
  }
  return job_status == "failed" || job_status == "cancelled" ? job_status : "open";
}

void check_request(const sql::Row& row, Findings& findings) {
  const std::string id = row.uuid(0).to_string();
  const std::string& status = row.text(1);
  check_money(row, findings);
  if (row.is_null(5) && (status == "ready") == row.is_null(3)) {
    findings.push_back(fmt::format("I7 request {} {}: object \"{}\"", id, status, row.text(3)));
  }
  if (row.i64(10) != 1) {
    findings.push_back(fmt::format("I10 request {}: {} request keys", id, row.i64(10)));
  }
  if (row.is_null(6) ? status == "open" : word_for(row.text(6)) != status) {
    findings.push_back(
        fmt::format("I13 request {} is {}, its job {}", id, status, row.is_null(6) ? "is gone" : row.text(6)));
  }
}

void check_results(const sql::Rows& requests, const sql::Rows& outbox, TimePoint kept_since, Findings& findings) {
  std::set<std::string> keys;
  for (const sql::Row row : outbox) {
    keys.insert(row.text(0));
  }
  for (const sql::Row row : requests) {
    const auto finished = row.opt_time(4);
    if (finished && *finished >= kept_since && !keys.contains(domain::result_message_key(row.uuid(0)))) {
      findings.push_back(fmt::format("I8 request {} {}: no result message", row.uuid(0).to_string(), row.text(1)));
    }
  }
}

}  // namespace

Task<std::vector<std::string>> check_invariants(UnitOfWork& unit, TimePoint outbox_kept_since) {
  Findings findings;
  const sql::Rows amounts = co_await unit.read(sql::Statement(kAmounts).scan());
  for (const sql::Row row : amounts) {
    findings.push_back(fmt::format("I1 transfer {}: amount {}", row.uuid(0).to_string(), row.i64(1)));
  }
  const sql::Rows accounts = co_await unit.read(sql::Statement(kDerived).scan());
  check_accounts(accounts, findings);
  const sql::Rows requests = co_await unit.read(sql::Statement(kRequests).scan());
  for (const sql::Row row : requests) {
    check_request(row, findings);
  }
  const sql::Rows alone = co_await unit.read(sql::Statement(kJobsAlone).scan());
  for (const sql::Row row : alone) {
    findings.push_back(fmt::format("I13 job {} {}: no request", row.uuid(0).to_string(), row.text(1)));
  }
  const sql::Rows places = co_await unit.read(sql::Statement(kPlaces).scan());
  for (const sql::Row row : places) {
    findings.push_back(
        fmt::format("I7 imported picture {}: object and note that it is missing disagree", row.uuid(0).to_string()));
  }
  const sql::Rows held = co_await unit.read(sql::Statement(kHeld).scan());
  const sql::Rows open = co_await unit.read(sql::Statement(kOpenJobs).scan());
  if (held[0].i64(0) != open[0].i64(0)) {
    findings.push_back(fmt::format("I6 held {}, price of open jobs {}", held[0].i64(0), open[0].i64(0)));
  }
  const sql::Rows messages = co_await unit.read(sql::Statement(kResults).scan());
  check_results(requests, messages, outbox_kept_since, findings);
  co_return findings;
}

}  // namespace aisha::stores::ledger
