// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

namespace aisha {

/// A token, key or password. It has no formatter and no stream operator on purpose: printing one does not compile.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  /// The value, for the one place that puts it on the wire.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

}  // namespace aisha
