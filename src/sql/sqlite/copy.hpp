// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"

namespace aisha::sql::sqlite {

/// One moment of the database at `from` as a new file `to`, while others read and write it. The copy is checked and on
/// the disk when it returns. Errors: start_failed (`from` is missing, `to` exists or cannot be written), db_corrupt,
/// disk_full.
Result<void> copy_database(const std::string& from, const std::string& to);

/// Reads the whole file: db_corrupt names what SQLite finds wrong in it.
Result<void> check_file(const std::string& path);

}  // namespace aisha::sql::sqlite
