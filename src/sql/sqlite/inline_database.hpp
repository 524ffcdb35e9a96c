// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "sql/sqlite/connection.hpp"
#include "sql/sqlite/db_clock.hpp"
#include "sql/sqlite/lock_file.hpp"

namespace aisha::sql::sqlite {

/// Everything at once on the caller's thread.
std::unique_ptr<Database> make_inline(std::unique_ptr<Connection> connection, LockFile lock, DbClock clock);

}  // namespace aisha::sql::sqlite
