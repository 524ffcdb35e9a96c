// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/task.hpp"
#include "sql/sqlite/connection.hpp"

namespace aisha::sql::sqlite {

/// Reads on the loop thread. Those of one turn of the loop share a snapshot, which the turn's end or `renew` closes:
/// opening one takes and drops locks of the file, which costs more than most reads.
class PointReader : public std::enable_shared_from_this<PointReader> {
 public:
  PointReader(std::unique_ptr<Connection> connection, Executor loop);

  Rows run(const Statement& statement);
  /// Reads from here on see all that has been written until now. To be called before a write is answered.
  void renew() noexcept;

 private:
  std::unique_ptr<Connection> connection_;
  Executor loop_;
  bool end_is_posted_ = false;
};

}  // namespace aisha::sql::sqlite
