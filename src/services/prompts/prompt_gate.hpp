// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "domain/moderation.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// What may not be drawn from own words, as it is in force in this process; replaceable while it runs. Loop thread
/// only.
class PromptGate {
 public:
  explicit PromptGate(domain::moderation::Gate rules) : rules_(std::move(rules)) {}

  void put(domain::moderation::Gate rules) { rules_ = std::move(rules); }

  /// Whether a picture may be made of it: no rule has anything against it, or the operator allowed this very text.
  /// Error: prompt_blocked with the category as its Field; the detail names the rule, never a word.
  Task<Result<void>> check(stores::UnitOfWork& unit, std::string prompt) const;

 private:
  domain::moderation::Gate rules_;
};

}  // namespace aisha::services
