// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "sql/database.hpp"

namespace aisha::sql {

/// A database looked at moment by moment, for reading only: every read until `renew` sees the same one. Writing throws
/// std::logic_error.
class Snapshot : public Database {
 public:
  /// Lets the moment go, so that nothing is held up for it; what is read next is of a later one.
  virtual Task<void> renew() = 0;

  Task<Result<Rows>> write(Batch batch) override;
  Task<std::unique_ptr<Transaction>> begin() override;
};

/// Each moment is one interactive transaction, which its first read begins. For a database whose transactions see one
/// moment and hold nobody up.
std::unique_ptr<Snapshot> make_snapshot(std::unique_ptr<Database> database);

}  // namespace aisha::sql
