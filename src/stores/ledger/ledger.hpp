// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Coins in double entry. Transfers are only ever added; a user's balances are cached beside them and change in the
/// same transaction. Walls in the schema: no balance below zero, one hold per job, one resolution per hold.
namespace aisha::stores::ledger {

/// Accounts of a new user; harmless when they exist.
void open_accounts(UnitOfWork& unit, const Uuid& user_id);

/// promo -> available. `key` names the reason and happens once ("start:<user>"): a repeat is Errc::conflict at commit.
void grant(UnitOfWork& unit, const Uuid& user_id, std::string_view key, std::int64_t coins);

/// available -> held, written from the row of a job created in the same unit (write the job first): no money without
/// one. Errc::conflict at commit when the balance no longer covers it. Nothing happens for 0 coins, here and below.
void hold(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins);
/// held -> revenue: the picture is stored. `coins` is the job's price. Errc::conflict when already resolved.
void capture(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins);
/// held -> available: the job failed or was cancelled. Errc::conflict when already resolved.
void release(UnitOfWork& unit, const Uuid& user_id, const Uuid& job_id, std::int64_t coins);

}  // namespace aisha::stores::ledger
