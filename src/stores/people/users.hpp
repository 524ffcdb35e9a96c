// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <string_view>

#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `users`, with the columns of the existing Aisha schema; read with whoever acts (`actor_row`). A zone comes as
/// `usual_zone` says; a missing or unknown one is the default of domain::User.
namespace aisha::stores::users {

/// What `read` takes, of a table named u.
inline constexpr char kColumns[] =
    "u.id, u.telegram_id, u.first_name, u.last_name, u.username, u.language_code, u.timezone, u.is_premium, u.is_bot,"
    " u.is_blocked, u.created_at, u.updated_at";
inline constexpr std::size_t kColumnCount = 12;
domain::User read(const sql::Row& row, std::size_t first);

/// A second user with the same telegram id: Errc::conflict at commit. Opening the ledger accounts is
/// `ledger::open_accounts`, in the same unit.
void create(UnitOfWork& unit, const domain::User& user);
/// Names, username, language code and premium flag; sets updated_at.
void update_profile(UnitOfWork& unit, const domain::User& user);
void set_zone(UnitOfWork& unit, const Uuid& user_id, std::string_view zone);
void set_blocked(UnitOfWork& unit, const Uuid& user_id, bool blocked);

}  // namespace aisha::stores::users
