// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "stores/unit/unit_of_work.hpp"

namespace aisha::stores {

/// Collects that a row of `user_days` is counted anew, or made, from the rows as they are at the commit, whoever writes
/// meanwhile. What is known of times stays.
void recount(UnitOfWork& unit, const Uuid& user_id, std::string_view local_day, std::string_view style);

}  // namespace aisha::stores
