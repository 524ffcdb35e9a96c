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

}  // namespace aisha::sql::sqlite
