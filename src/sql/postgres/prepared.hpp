// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/postgres/connection.hpp"
#include "sql/postgres/pg.hpp"
#include "sql/postgres/wire.hpp"

namespace aisha::sql::postgres {

/// The text as PostgreSQL gets it: claims lock what they take and skip what others have taken, and the row count of
/// Count::exactly is checked by the server. A claim's sub-select becomes an array, since a sub-select with LIMIT and
/// FOR UPDATE in IN (...) may be run more than once and lock more than its limit. Throws std::logic_error for
/// Count::exactly with a RETURNING clause of its own.
std::string server_text(const Command& command);

/// Statements that one connection has prepared, by the address of their text.
class PreparedStatements {
 public:
  struct Entry {
    std::string name;
    std::string text;
    std::vector<Oid> types;
    std::optional<Failure> refused;
  };

  /// The entry to be prepared first; null when it has been sent already.
  Entry* missing(const Command& command);
  bool prepare(PGconn* pg, const Entry& entry) const;
  /// Sends the command itself, results in binary format.
  bool send(PGconn* pg, const Command& command);
  /// Why its preparation failed.
  const Failure* refusal_of(const Command& command) const;

 private:
  using Key = std::pair<const char*, Count>;
  static Key key_of(const Command& command) { return {command.statement.text.c_str(), command.count}; }

  std::map<Key, Entry> entries_;
  int made_ = 0;
};

/// Sends a command without a name, for where nothing prepared is kept. Results in binary format.
bool send_unprepared(PGconn* pg, const std::string& text, const Command& command);

/// The result of a command, its row count included.
Rows rows_of(const PGresult* result, const Command& command);

}  // namespace aisha::sql::postgres
