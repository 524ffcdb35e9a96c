// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "providers/payloads.hpp"

namespace aisha::fakes {

/// What a provider keeps, as the test says.
class ScriptedPayloads final : public providers::Payloads {
 public:
  bool may = true;
  Result<void> answer;
  std::vector<std::string> asked;
  std::function<Task<void>()> meanwhile;  ///< what happens until it answers; none = at once

  bool may_remove() const override { return may; }
  Task<Result<void>> remove(std::string request_id) override {
    asked.push_back(std::move(request_id));
    if (meanwhile) {
      co_await meanwhile();
    }
    co_return answer;
  }
};

}  // namespace aisha::fakes
