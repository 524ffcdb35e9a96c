// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "sql/postgres/postgres_database.hpp"

/// A pooler between us and the server (PgBouncer in transaction mode) hands each transaction to whatever server
/// connection is free, and takes no settings with a connection: nothing that lives longer than a transaction works, be
/// it a prepared statement, a setting, a lock or LISTEN.
namespace aisha::sql::postgres {

/// Whether such a pooler answers at that address: settings that came with the connection are missing, or a prepared
/// statement is lost from one transaction to the next. False as well when nobody answers. Blocks; what was found out is
/// remembered.
bool is_pooled(const Options& options);

/// How transactions begin behind a pooler.
struct Pooled {
  /// A statement that sets for the transaction what `conninfo_of` sets for a session; "" = not pooled.
  std::string prelude;
  /// In place of a plain BEGIN; "" = as it is.
  std::string begin;
};

/// BEGIN, COMMIT and ROLLBACK: before a COMMIT of what has failed nothing else is taken, and after a BEGIN the prelude
/// goes with the next statement.
bool is_bracket(std::string_view sql);

}  // namespace aisha::sql::postgres
