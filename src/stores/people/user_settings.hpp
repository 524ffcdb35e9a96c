// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>

#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `user_settings`: what a person has chosen; read with whoever acts (`actor_row`).
namespace aisha::stores::user_settings {

/// What `read` takes, of a table named s that may lack the row.
inline constexpr char kColumns[] =
    "s.language, s.aspect_ratio, s.quality_preset, s.confirm, s.notify, s.hints, s.enhance";
inline constexpr std::size_t kColumnCount = 7;
/// Nothing when the user has never saved any: take the defaults.
std::optional<domain::UserSettings> read(const sql::Row& row, std::size_t first);
void save(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings);

}  // namespace aisha::stores::user_settings
