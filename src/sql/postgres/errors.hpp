// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>

#include "sql/postgres/connection.hpp"

/// What a SQLSTATE means for the callers of sql::Database (PostgreSQL documentation, appendix A).
namespace aisha::sql::postgres {

/// The server chose this transaction to break a deadlock, or could not order it: it left nothing and may run again.
bool is_worth_repeating(const Failure& failure);

/// A row count that was not the expected one.
bool is_wrong_count(const Failure& failure);

/// The server no longer takes writes: it became a standby.
bool is_read_only(const Failure& failure);

/// Outage, ConstraintViolation, or std::logic_error for SQL that the server refuses.
std::exception_ptr exception_of(const Failure& failure, const Statement& statement);

}  // namespace aisha::sql::postgres
