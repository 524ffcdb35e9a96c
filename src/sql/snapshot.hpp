// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "sql/database.hpp"

namespace aisha::sql {

/// One moment of `database`, for reading only: every read runs in one interactive transaction, which the first read
/// begins. Writing throws std::logic_error. For a database whose transactions see one moment and hold nobody up.
std::unique_ptr<Database> make_snapshot(std::unique_ptr<Database> database);

}  // namespace aisha::sql
