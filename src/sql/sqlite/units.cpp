// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/units.hpp"

#include <fmt/format.h>

namespace aisha::sql::sqlite {
namespace {

void fail_all(std::span<Unit* const> units, const std::exception_ptr& error) {
  for (Unit* unit : units) {
    if (!unit->error && unit->result) {
      unit->error = error;
    }
  }
}

void roll_back(Connection& connection) noexcept {
  try {
    if (connection.in_transaction()) {
      connection.step("ROLLBACK");
    }
  } catch (...) {
    // The handle is broken; the next BEGIN says so to whoever comes.
  }
}

Result<Rows> run_statements(Connection& connection, const Batch& batch) {
  Rows all;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    Rows rows = connection.run(batch[i].statement);
    if (batch[i].rows && rows.affected() != *batch[i].rows) {
      return fail(
          Errc::conflict,
          fmt::format("{}: {} rows, not {}: {}", i, rows.affected(), *batch[i].rows, batch[i].statement.text.c_str()),
          about::RowAt{i});
    }
    all.append(std::move(rows));
  }
  return all;
}

/// False when the transaction around the unit is gone.
bool run_unit(Connection& connection, Unit& unit) {
  try {
    connection.step("SAVEPOINT unit");
    try {
      unit.result = run_statements(connection, unit.batch);
    } catch (...) {
      unit.error = std::current_exception();
    }
    if (!connection.in_transaction()) {
      return false;
    }
    if (unit.error || !unit.result) {
      connection.step("ROLLBACK TO unit");
    }
    connection.step("RELEASE unit");
    return true;
  } catch (...) {
    unit.error = std::current_exception();
    return false;
  }
}

enum class Attempt { settled, undone };

/// All units under one BEGIN without savepoints, which cost two statements and a copy of every changed page each.
/// `undone`: one of them failed, so that nothing is kept and each has to run apart from the others.
Attempt commit_at_one_go(Connection& connection, std::span<Unit* const> units) {
  bool whole = true;
  try {
    connection.step("BEGIN IMMEDIATE");
    for (auto unit = units.begin(); whole && unit != units.end(); ++unit) {
      (*unit)->result = run_statements(connection, (*unit)->batch);
      whole = (*unit)->result.has_value();
    }
  } catch (...) {
    whole = false;
  }
  if (!whole) {
    roll_back(connection);
    return Attempt::undone;
  }
  try {
    connection.step("COMMIT");
  } catch (...) {
    roll_back(connection);
    fail_all(units, std::current_exception());
  }
  return Attempt::settled;
}

/// Each unit under a savepoint of its own. How many units it has dealt with.
std::size_t commit_apart(Connection& connection, std::span<Unit* const> units) {
  try {
    connection.step("BEGIN IMMEDIATE");
  } catch (...) {
    fail_all(units, std::current_exception());
    return units.size();
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!run_unit(connection, *units[i])) {
      roll_back(connection);
      fail_all(units.first(i), units[i]->error);
      return i + 1;
    }
  }
  try {
    connection.step("COMMIT");
  } catch (...) {
    roll_back(connection);
    fail_all(units, std::current_exception());
  }
  return units.size();
}

}  // namespace

void commit_together(Connection& connection, std::span<Unit* const> units) {
  if (commit_at_one_go(connection, units) == Attempt::settled) {
    return;
  }
  for (Unit* unit : units) {
    unit->result = Rows();
  }
  while (!units.empty()) {
    units = units.subspan(commit_apart(connection, units));
  }
}

}  // namespace aisha::sql::sqlite
