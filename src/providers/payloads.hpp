// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"

namespace aisha::providers {

/// What a provider keeps of a finished request: its input and its result.
class Payloads {
 public:
  virtual ~Payloads() = default;

  /// Whether anything can be removed there at all.
  virtual bool may_remove() const = 0;
  /// Repeatable; what the provider does not know is gone. Errors: provider_auth (so will be every other one),
  /// unavailable (passing trouble), provider_rejected (this one stays).
  virtual Task<Result<void>> remove(std::string request_id) = 0;

  /// Eight at once, each asked once and as long as `goes_on` says so; how many are gone.
  Task<std::int64_t> remove_all(std::vector<std::string> request_ids, std::function<bool()> goes_on);
};

}  // namespace aisha::providers
