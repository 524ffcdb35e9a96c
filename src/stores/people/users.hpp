// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>

#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `users`, with the columns of the existing Aisha schema. A zone comes as `usual_zone` says; a missing or unknown one
/// is the default of domain::User.
namespace aisha::stores::users {

Task<std::optional<domain::User>> find(UnitOfWork& unit, std::int64_t telegram_id);
Task<std::optional<domain::User>> load(UnitOfWork& unit, Uuid id);

/// A second user with the same telegram id: Errc::conflict at commit. Opening the ledger accounts is
/// `ledger::open_accounts`, in the same unit.
void create(UnitOfWork& unit, const domain::User& user);
/// Names, username, language code and premium flag; sets updated_at.
void update_profile(UnitOfWork& unit, const domain::User& user);
void set_blocked(UnitOfWork& unit, const Uuid& user_id, bool blocked);

}  // namespace aisha::stores::users
