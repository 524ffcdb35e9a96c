// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::services {

/// One kind of work that lies in a table and waits for a loop of `loops` to drive it.
class Worker {
 public:
  virtual ~Worker() = default;
  /// How long until the next one can be claimed, by the database's clock (<= 0: now); nothing = none in sight.
  virtual Task<std::optional<Millis>> due_in() = 0;
  /// Claims up to `limit`; each comes as a coroutine that has not started. They may run side by side, and each ends
  /// what it claimed or leaves it to the end of its lease.
  virtual Task<std::vector<Task<void>>> claim(int limit) = 0;
};

/// Work done in passing from time to time.
class Chore {
 public:
  virtual ~Chore() = default;
  virtual Task<void> run() = 0;
};

}  // namespace aisha::services
