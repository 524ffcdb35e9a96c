// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/session.hpp"

namespace aisha::sql::sqlite {

void Session::begin(Connection& connection) {
  connection.step("BEGIN IMMEDIATE");
  open_ = true;
}

Rows Session::run(Connection& connection, const Statement& statement) {
  if (!open_) {
    throw std::logic_error("the transaction is over");
  }
  if (!poison_.empty()) {
    throw Poisoned("the transaction failed before: " + poison_);
  }
  try {
    return connection.run(statement);
  } catch (const std::exception& error) {
    poison_ = error.what();
    throw;
  }
}

Result<void> Session::commit(Connection& connection) {
  if (!open_) {
    throw std::logic_error("the transaction is over");
  }
  if (!poison_.empty()) {
    roll_back(connection);
    return fail(Errc::conflict, "the transaction failed before: " + poison_);
  }
  try {
    connection.step("COMMIT");
    open_ = false;
    return {};
  } catch (...) {
    roll_back(connection);
    throw;
  }
}

void Session::roll_back(Connection& connection) noexcept {
  if (!std::exchange(open_, false)) {
    return;
  }
  try {
    if (connection.in_transaction()) {
      connection.step("ROLLBACK");
    }
  } catch (...) {
    // The handle is broken; the next BEGIN says so to whoever comes.
  }
}

}  // namespace aisha::sql::sqlite
