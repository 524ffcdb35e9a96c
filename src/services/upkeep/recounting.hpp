// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/rng.hpp"
#include "base/task.hpp"

namespace aisha::sql {
class Database;
}

namespace aisha::services {

/// Goes through all people and mends each counter that is not what the rows say; `told` hears of each (std::function:
/// once a mistake). How many there were. Repeating is harmless, and so is who writes meanwhile.
Task<std::int64_t> recount_all(sql::Database& database, Rng& rng, std::function<void(std::string_view)> told);

}  // namespace aisha::services
