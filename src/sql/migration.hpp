// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.hpp"
#include "base/error.hpp"

/// What the engines share of schema migrations. Each engine has its own files `migrations/<engine>/NNNN_name.sql` under
/// equal numbers, built into the binary, and a table `aisha_schema` that remembers what was applied.
namespace aisha::sql {

struct Migration {
  int number = 0;
  std::string name;       ///< "first" of 0001_first.sql
  std::string_view text;  ///< lives as long as the process
  std::string checksum;   ///< SHA-256 of the text
};

/// "0001_first".
std::string label_of(const Migration& migration);

/// One row of `aisha_schema`.
struct AppliedMigration {
  int number = 0;
  std::string name;
  std::string checksum;
  bool finished = true;
};

struct MigrationReport {
  std::vector<std::string> applied;  ///< "0001_first", in order; empty when there was nothing to do
  int version = 0;                   ///< number of the last one now in force
};

/// A database looked at from outside.
struct SchemaView {
  int version = 0;                   ///< 0 = empty
  std::vector<std::string> pending;  ///< "0002_second", in order
};

/// Sorted by number. Throws std::logic_error on a file name of another shape or a gap in the numbers, which start at 1.
std::vector<Migration> migrations_from(embedded::Files files);

/// Those that are still to be applied. Errc::db_schema_newer when the database has one we do not know (the detail names
/// it), Errc::db_dirty when one stopped half-way or its text is no longer the one that was applied.
Result<std::vector<Migration>> pending_migrations(std::span<const Migration> known,
                                                  std::span<const AppliedMigration> applied);

/// The same as a look from outside. Errors as `pending_migrations`.
Result<SchemaView> view_of(std::span<const Migration> known, std::span<const AppliedMigration> applied);

}  // namespace aisha::sql
