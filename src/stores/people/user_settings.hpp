// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "domain/user.hpp"
#include "stores/unit/unit_of_work.hpp"

/// `user_settings`: what a person has chosen.
namespace aisha::stores::user_settings {

/// Nothing when the user has never saved any: take the defaults.
Task<std::optional<domain::UserSettings>> load(UnitOfWork& unit, Uuid user_id);
void save(UnitOfWork& unit, const Uuid& user_id, const domain::UserSettings& settings);

}  // namespace aisha::stores::user_settings
