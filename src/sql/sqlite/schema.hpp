// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "sql/migration.hpp"
#include "sql/sqlite/connection.hpp"

namespace aisha::sql::sqlite {

/// Brings the schema up, one transaction per migration: a kill leaves whole migrations only. `apply` false: only looks.
/// Errors as `open`.
Result<MigrationReport> bring_up_schema(Connection& connection, bool apply,
                                        const std::function<void()>& before_statement);

/// What is in force and what is open, changing nothing. Errors: db_schema_newer, db_dirty, db_foreign.
Result<SchemaView> view_schema(Connection& connection);

}  // namespace aisha::sql::sqlite
