// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "sql/postgres/pooler.hpp"
#include "sql/postgres/postgres_database.hpp"

namespace aisha::sql::postgres {

enum class Access : std::uint8_t { read_only, read_write, snapshot, migrate };

/// The URL with what every connection of ours asks for: search path, time limits, keep-alive, a server that takes
/// writes. Throws std::logic_error for a URL that libpq cannot read; the text names no password.
std::string conninfo_of(const Options& options, Access access);
/// Behind a pooler: what of it can be asked for in each transaction.
Pooled pooled_of(const Options& options, Access access);

}  // namespace aisha::sql::postgres
