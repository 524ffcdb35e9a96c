// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "sql/snapshot.hpp"
#include "sql/sqlite/connection.hpp"
#include "sql/sqlite/db_clock.hpp"
#include "sql/sqlite/lock_file.hpp"

namespace aisha::sql::sqlite {

/// Everything at once on the caller's thread.
std::unique_ptr<Database> make_inline(std::unique_ptr<Connection> connection, LockFile lock, DbClock clock);

/// Moments of the file, the first of them now, without any lock of its own.
std::unique_ptr<Snapshot> make_inline_snapshot(std::unique_ptr<Connection> connection);

}  // namespace aisha::sql::sqlite
