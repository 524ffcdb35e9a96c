// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "stores/unit/unit_of_work.hpp"

/// `erased_people`: who was erased, as hashes that only their maker can tell apart.
namespace aisha::stores::erased_people {

/// Known ones stay as they are.
void add(UnitOfWork& unit, std::string_view mark);
Task<bool> has(UnitOfWork& unit, std::string mark);

}  // namespace aisha::stores::erased_people
