// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "sql/sqlite/point_reader.hpp"

namespace aisha::sql::sqlite {

/// A request on a database thread. `complete` runs on the loop and resumes whoever waits.
class Job {
 public:
  virtual ~Job() = default;
  virtual void complete() = 0;
};
using Jobs = std::vector<std::unique_ptr<Job>>;

/// Takes finished jobs home to the loop thread, many in one wake-up.
class Mailbox {
 public:
  /// Shared: the posted handler may run after the database has been destroyed. `reader` (may be null) is renewed before
  /// anything is answered.
  static std::shared_ptr<Mailbox> create(Executor loop, std::weak_ptr<PointReader> reader);

  /// Any thread.
  void deliver(Jobs&& jobs);

 private:
  Mailbox(Executor loop, std::weak_ptr<PointReader> reader) : loop_(std::move(loop)), reader_(std::move(reader)) {}
  void empty();

  Executor loop_;
  std::weak_ptr<PointReader> reader_;
  std::weak_ptr<Mailbox> self_;
  std::mutex mutex_;
  Jobs waiting_;
};

}  // namespace aisha::sql::sqlite
