// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/task.hpp"
#include "sql/sqlite/connection.hpp"
#include "sql/sqlite/db_clock.hpp"
#include "sql/sqlite/lock_file.hpp"

namespace aisha::sql::sqlite {

struct Connections {
  std::unique_ptr<Connection> writer;
  std::unique_ptr<Connection> reader;
  std::unique_ptr<Connection> loop;  ///< for point reads; may be null
};

std::unique_ptr<Database> make_threaded(Connections connections, LockFile lock, DbClock clock, Executor loop);

}  // namespace aisha::sql::sqlite
