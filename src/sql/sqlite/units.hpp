// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <span>

#include "sql/sqlite/connection.hpp"

namespace aisha::sql::sqlite {

/// A batch on its way through the writer.
struct Unit {
  Batch batch;
  Result<Rows> result = Rows();
  std::exception_ptr error;  ///< set: `result` does not count
};

/// Runs the units in order as one durable transaction, so that one COMMIT (one sync of the disk) serves them all. When
/// one fails, all are undone and run once more, each under a savepoint of its own: the failing one leaves no trace and
/// does not disturb the others. When an error or the COMMIT undoes that transaction, every unit of it that had
/// succeeded gets that error.
void commit_together(Connection& connection, std::span<Unit* const> units);

}  // namespace aisha::sql::sqlite
