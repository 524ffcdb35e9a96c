// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "base/time.hpp"
#include "sql/postgres/pg.hpp"

namespace aisha::sql::postgres {

/// Connects on the loop; the connection is non-blocking afterwards. Throws Outage(unavailable) as soon as the server
/// refuses, or after `timeout`.
Task<PgPtr> connect(Executor loop, std::string conninfo, Millis timeout);

/// The first line of what libpq says of its last failure.
std::string last_message(const PGconn* pg);

}  // namespace aisha::sql::postgres
