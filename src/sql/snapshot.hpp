// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "sql/database.hpp"

namespace aisha::sql {

/// One moment of `database`, for reading only: every read runs in one interactive transaction, which the first read
/// begins with the statement `opening` (how an engine is told that all of it shall see one moment). Writing throws
/// std::logic_error. For an engine whose open transactions hold nobody up.
std::unique_ptr<Database> make_snapshot(std::unique_ptr<Database> database, Text opening);

}  // namespace aisha::sql
