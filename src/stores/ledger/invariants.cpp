// SPDX-License-Identifier: Apache-2.0
#include "stores/ledger/invariants.hpp"

#include <fmt/format.h>

#include <set>

#include "stores/queue/outbox_rows.hpp"

namespace aisha::stores::ledger {
namespace {

constexpr sql::Text kAmounts =
    "SELECT id, amount FROM ledger_transfer WHERE amount <= 0 OR from_id = to_id ORDER BY id";
constexpr sql::Text kDerived =
    "SELECT a.id, a.user_id, a.kind, a.balance,"
    " coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.to_id = a.id), 0)"
    " - coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.from_id = a.id), 0)"
    " FROM ledger_account a ORDER BY a.id";
constexpr sql::Text kJobs =
    "SELECT g.id, g.status, g.price, g.object_key, g.finished_at, g.deleted_at,"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = g.id AND t.kind = 'hold'),"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = g.id AND t.kind = 'capture'),"
    " (SELECT count(*) FROM ledger_transfer t WHERE t.job_id = g.id AND t.kind = 'release'),"
    " (SELECT count(*) FROM request_keys k WHERE k.request_id = g.id), g.origin FROM generation_requests g ORDER BY "
    "g.id";
constexpr sql::Text kHeld = "SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE kind = 'held'";
constexpr sql::Text kOpenJobs = "SELECT coalesce(sum(price), 0) FROM generation_requests WHERE finished_at IS NULL";
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

// An imported picture's object may be missing, and its result was told by the older bot.
bool is_ours(const sql::Row& job) {
  return job.is_null(10);
}

void check_job(const sql::Row& row, Findings& findings) {
  const std::string id = row.uuid(0).to_string();
  const std::string& status = row.text(1);
  const std::int64_t paid = row.i64(2) > 0 ? 1 : 0;
  const std::int64_t captures = status == "succeeded" ? paid : 0;
  const std::int64_t releases = status == "failed" || status == "cancelled" ? paid : 0;
  if (row.i64(6) != paid || row.i64(7) != captures || row.i64(8) != releases) {
    findings.push_back(fmt::format("I5 job {} {}: {} holds, {} captures, {} releases", id, status, row.i64(6),
                                   row.i64(7), row.i64(8)));
  }
  if (row.is_null(5) && is_ours(row) && (status == "succeeded") == row.is_null(3)) {
    findings.push_back(fmt::format("I7 job {} {}: object \"{}\"", id, status, row.text(3)));
  }
  if (row.i64(9) != 1) {
    findings.push_back(fmt::format("I10 job {}: {} request keys", id, row.i64(9)));
  }
}

void check_results(const sql::Rows& jobs, const sql::Rows& outbox, TimePoint kept_since, Findings& findings) {
  std::set<std::string> keys;
  for (const sql::Row row : outbox) {
    keys.insert(row.text(0));
  }
  for (const sql::Row row : jobs) {
    const auto finished = row.opt_time(4);
    if (finished && is_ours(row) && *finished >= kept_since && !keys.contains(outbox::result_key(row.uuid(0)))) {
      findings.push_back(fmt::format("I8 job {} {}: no result message", row.uuid(0).to_string(), row.text(1)));
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
  const sql::Rows jobs = co_await unit.read(sql::Statement(kJobs).scan());
  for (const sql::Row row : jobs) {
    check_job(row, findings);
  }
  const sql::Rows held = co_await unit.read(sql::Statement(kHeld).scan());
  const sql::Rows open = co_await unit.read(sql::Statement(kOpenJobs).scan());
  if (held[0].i64(0) != open[0].i64(0)) {
    findings.push_back(fmt::format("I6 held {}, price of open jobs {}", held[0].i64(0), open[0].i64(0)));
  }
  const sql::Rows messages = co_await unit.read(sql::Statement(kResults).scan());
  check_results(jobs, messages, outbox_kept_since, findings);
  co_return findings;
}

}  // namespace aisha::stores::ledger
