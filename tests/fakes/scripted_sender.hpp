// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <stdexcept>
#include <utility>
#include <vector>

#include "services/outbox/sender.hpp"

namespace aisha::fakes {

/// Takes everything, unless told otherwise for the next ones.
class ScriptedSender final : public services::Sender {
 public:
  std::vector<services::OutboxMessage> told;
  std::deque<services::DeliveryOutcome> outcomes;
  bool broken = false;

  void next(services::DeliveryOutcome::Kind kind, Millis retry_after = Millis(0)) {
    services::DeliveryOutcome outcome;
    outcome.kind = kind;
    outcome.retry_after = retry_after;
    outcomes.push_back(std::move(outcome));
  }

  Task<services::DeliveryOutcome> deliver(services::OutboxMessage item) override {
    if (broken) {
      throw std::runtime_error("scripted");
    }
    told.push_back(item);
    services::DeliveryOutcome out;
    if (!outcomes.empty()) {
      out = std::move(outcomes.front());
      outcomes.pop_front();
    }
    co_return out;
  }
};

}  // namespace aisha::fakes
