// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "sql/sqlite/connection.hpp"

namespace aisha::sql::sqlite {

/// The rules of an interactive transaction on a connection. SQLite goes on after an error, PostgreSQL does not: here an
/// error poisons it on purpose, so that both engines behave alike.
class Session {
 public:
  void begin(Connection& connection);
  Rows run(Connection& connection, const Statement& statement);
  /// Errc::conflict when poisoned (rolled back then).
  Result<void> commit(Connection& connection);
  /// Harmless when already over.
  void roll_back(Connection& connection) noexcept;

 private:
  bool open_ = false;
  std::string poison_;
};

}  // namespace aisha::sql::sqlite
