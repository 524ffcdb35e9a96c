// SPDX-License-Identifier: Apache-2.0
#include "stores/ledger/ledger.hpp"

namespace aisha::stores::ledger {
namespace {

constexpr sql::Text kOpen =
    "INSERT INTO ledger_account (id, user_id, kind, balance) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING";
constexpr sql::Text kGrant =
    "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, created_at)"
    " SELECT $1, $2, 'grant', p.id, a.id, $3, $4 FROM ledger_account p, ledger_account a"
    " WHERE p.kind = 'promo' AND p.user_id IS NULL AND a.user_id = $5 AND a.kind = 'available'"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kHold =
    "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id, created_at)"
    " SELECT $1, $2, 'hold', a.id, h.id, j.price, j.id, $4 FROM jobs j, ledger_account a, ledger_account h"
    " WHERE j.id = $3 AND j.finished_at IS NULL AND j.price = $5"
    " AND a.user_id = $6 AND a.kind = 'available' AND h.user_id = $6 AND h.kind = 'held'"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kCapture =
    "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id, hold_id, created_at)"
    " SELECT $1, $2, 'capture', h.to_id, r.id, h.amount, h.job_id, h.id, $3 FROM ledger_transfer h, ledger_account r"
    " WHERE h.job_id = $4 AND h.kind = 'hold' AND h.amount = $5 AND r.kind = 'revenue' AND r.user_id IS NULL"
    " ON CONFLICT DO NOTHING";
constexpr sql::Text kRelease =
    "INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id, hold_id, created_at)"
    " SELECT $1, $2, 'release', h.to_id, h.from_id, h.amount, h.job_id, h.id, $3 FROM ledger_transfer h"
    " WHERE h.job_id = $4 AND h.kind = 'hold' AND h.amount = $5 ON CONFLICT DO NOTHING";
constexpr sql::Text kTake =
    "UPDATE ledger_account SET balance = balance - $1 WHERE user_id = $2 AND kind = $3 AND balance >= $1";
constexpr sql::Text kGive = "UPDATE ledger_account SET balance = balance + $1 WHERE user_id = $2 AND kind = $3";

// A person's accounts are always locked in one order, available before held: a hold and a release side by side would
// lock each other out on an engine with row locks. And they change before the transfer names them: its foreign keys
// share-lock them, and PostgreSQL 15 was seen to refuse the change of a row that many share at once ("new multixact has
// more than one updating member").

std::string job_key(const Uuid& job_id, std::string_view what) {
  return "job:" + job_id.to_string() + ":" + std::string(what);
}

}  // namespace

void open_accounts(UnitOfWork& unit, const Uuid& user_id) {
  for (const char* kind : {"available", "held", "debt"}) {
    unit.write_any(sql::Statement(kOpen, unit.new_id(), user_id, kind));
  }
}

void grant(UnitOfWork& unit, const Uuid& user_id, std::string_view key, std::int64_t coins) {
  if (coins == 0) {
    return;
  }
  unit.write(sql::Statement(kGive, coins, user_id, "available"));
  unit.write(sql::Statement(kGrant, unit.new_id(), key, coins, unit.now(), user_id));
}

void hold(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins) {
  if (coins == 0) {
    return;
  }
  unit.write(sql::Statement(kTake, coins, user_id, "available"));
  unit.write(sql::Statement(kGive, coins, user_id, "held"));
  unit.write(sql::Statement(kHold, unit.new_id(), job_key(job_id, "hold"), job_id, unit.now(), coins, user_id));
}

void capture(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins) {
  if (coins == 0) {
    return;
  }
  unit.write(sql::Statement(kTake, coins, user_id, "held"));
  unit.write(sql::Statement(kCapture, unit.new_id(), job_key(job_id, "resolve"), unit.now(), job_id, coins));
}

void release(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins) {
  if (coins == 0) {
    return;
  }
  unit.write(sql::Statement(kGive, coins, user_id, "available"));
  unit.write(sql::Statement(kTake, coins, user_id, "held"));
  unit.write(sql::Statement(kRelease, unit.new_id(), job_key(job_id, "resolve"), unit.now(), job_id, coins));
}

}  // namespace aisha::stores::ledger
