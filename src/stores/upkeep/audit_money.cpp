// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit_money.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::audit {
namespace {

constexpr sql::Text kPageOfTransfers =
    "SELECT id FROM ledger_transfer WHERE id > $1 AND id <= $2 ORDER BY id LIMIT 1 OFFSET $3";
// The accounts of the system are a handful and have millions of transfers: they are added up by the ledger's own order.
constexpr const char kSystem[] = "(SELECT id FROM ledger_account WHERE user_id IS NULL)";
constexpr auto kTransfers =
    joined("SELECT coalesce(sum(CASE WHEN to_id IN ", kSystem,
           " THEN amount ELSE 0 END), 0) - coalesce(sum(CASE WHEN from_id IN ", kSystem,
           " THEN amount ELSE 0 END), 0), count(*), coalesce(sum(CASE WHEN amount <= 0 OR from_id = to_id THEN 1 ELSE 0"
           " END), 0) FROM ledger_transfer WHERE id > $1 AND id <= $2");
constexpr sql::Text kAmounts =
    "SELECT id, amount FROM ledger_transfer WHERE id > $1 AND id <= $2 AND (amount <= 0 OR from_id = to_id)"
    " ORDER BY id";
constexpr sql::Text kAccounts =
    "SELECT a.id, a.kind, a.balance,"
    " coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.to_id = a.id), 0)"
    " - coalesce((SELECT sum(t.amount) FROM ledger_transfer t WHERE t.from_id = a.id), 0)"
    " FROM ledger_account a WHERE a.id > $1 AND a.user_id IS NOT NULL ORDER BY a.id LIMIT $2";
constexpr sql::Text kCached = "SELECT coalesce(sum(balance), 0) FROM ledger_account";
constexpr sql::Text kHeld =
    "SELECT (SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE kind = 'held'),"
    " (SELECT coalesce(sum(price), 0) FROM jobs WHERE finished_at IS NULL)";

Uuid last_id() {
  Uuid id;
  id.bytes.fill(0xFF);
  return id;
}

/// What moved between two ids, the second included; adds what is wrong with it to `page`, returns the system's share.
Task<std::int64_t> add_up(UnitOfWork& unit, Uuid after, Uuid last, Page& page) {
  const sql::Rows sums = co_await unit.read(sql::Statement(kTransfers.data(), after, last).scan());
  page.rows += sums[0].i64(1);
  if (sums[0].i64(2) > 0) {
    const sql::Rows amounts = co_await unit.read(sql::Statement(kAmounts, after, last).scan());
    for (const sql::Row row : amounts) {
      page.found.push_back(fmt::format("I1 transfer {}: amount {}", row.uuid(0).to_string(), row.i64(1)));
    }
  }
  co_return sums[0].i64(0);
}

}  // namespace

Task<Page> look_at_transfers(UnitOfWork& unit, const Rules& rules, Mark mark) {
  if (mark.settled.is_nil()) {
    mark.settled.stamp(unit.now() - rules.settled);
  }
  Page page;
  const sql::Rows full =
      co_await unit.read(sql::Statement(kPageOfTransfers, mark.after, mark.settled, rules.transfers - 1).scan());
  const Uuid last = full.empty() ? mark.settled : full[0].uuid(0);
  mark.system += co_await add_up(unit, mark.after, last, page);
  mark.after = last;
  if (full.empty()) {
    mark.part = Part::accounts;
    mark.after = Uuid{};
  }
  page.next = mark;
  co_return page;
}

Task<Page> look_at_accounts(UnitOfWork& unit, const Rules& rules, Mark mark) {
  Page page;
  const sql::Rows accounts = co_await unit.read(sql::Statement(kAccounts, mark.after, rules.accounts).scan());
  for (const sql::Row row : accounts) {
    const std::string id = row.uuid(0).to_string();
    const std::string& kind = row.text(1);
    const std::int64_t cached = row.i64(2);
    if (cached != row.i64(3)) {
      page.found.push_back(fmt::format("I2 account {} {}: cached {}, derived {}", id, kind, cached, row.i64(3)));
    }
    if ((kind != "debt" && cached < 0) || (kind == "debt" && cached > 0)) {
      page.found.push_back(fmt::format("I4 account {} {}: {}", id, kind, cached));
    }
    mark.after = row.uuid(0);
  }
  page.rows = static_cast<std::int64_t>(accounts.size());
  if (page.rows < rules.accounts) {
    mark.part = Part::requests;
    mark.after = Uuid{};
  }
  page.next = mark;
  co_return page;
}

Task<Page> look_at_sums(UnitOfWork& unit, Mark mark) {
  Page page;
  const std::int64_t young = co_await add_up(unit, mark.settled, last_id(), page);
  const sql::Rows cached = co_await unit.read(sql::Statement(kCached).scan());
  const std::int64_t sum = cached[0].i64(0) + mark.system + young;
  if (sum != 0) {
    page.found.push_back(fmt::format("I3 all accounts together: {}", sum));
  }
  const sql::Rows held = co_await unit.read(sql::Statement(kHeld).scan());
  if (held[0].i64(0) != held[0].i64(1)) {
    page.found.push_back(fmt::format("I6 held {}, price of open jobs {}", held[0].i64(0), held[0].i64(1)));
  }
  mark.part = Part::waiting;
  page.next = mark;
  co_return page;
}

}  // namespace aisha::stores::audit
