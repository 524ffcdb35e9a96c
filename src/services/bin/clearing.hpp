// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::stores::clears {
struct Clear;
}

namespace aisha::services {

/// Brings clears and their undoing to their end, step by step: what a press did not move itself, and what a dead
/// process left.
class Clearing final : public Worker {
 public:
  explicit Clearing(Context context) : context_(context) {}

  Task<std::optional<Millis>> due_in() override;
  Task<std::vector<Task<void>>> claim(int limit) override;

 private:
  Task<void> finish(stores::clears::Clear clear);
  Task<bool> move_some(stores::clears::Clear& clear);

  Context context_;
};

}  // namespace aisha::services
