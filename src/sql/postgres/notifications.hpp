// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/task.hpp"
#include "base/time.hpp"
#include "sql/hints.hpp"
#include "sql/postgres/postgres_database.hpp"

namespace aisha::sql::postgres {

struct HintTimes {
  /// Between what is told: a busy process wakes the others this often and no more.
  Millis gap{20};
  /// A silent connection is asked for a sign of life; without one in `patience` it is given up.
  Millis heartbeat{3'000};
  Millis patience{3'000};
  Millis slowest_retry{5'000};  ///< between attempts while the server is away; full jitter from 100 ms up
};

/// LISTEN and NOTIFY over a connection of their own (needs a direct one: a pooler in transaction mode drops LISTEN).
/// Processes hear each other when they share database and schema; one never hears itself. Connects in the background;
/// nothing is heard after its destruction.
std::unique_ptr<Hints> share_hints(const Options& options, HintTimes times, Executor loop, Heard heard);

}  // namespace aisha::sql::postgres
