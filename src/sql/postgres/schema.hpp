// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sql/postgres/clock.hpp"
#include "sql/postgres/postgres_database.hpp"

namespace aisha::sql::postgres {

/// `open` without the connections: looks whose database it is, migrates or refuses, sets the clock. Blocking.
Result<MigrationReport> bring_up_schema(const Options& options, ServerClock& clock);

}  // namespace aisha::sql::postgres
