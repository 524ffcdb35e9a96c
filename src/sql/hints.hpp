// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace aisha::sql {

/// Tells the other processes on the same database that something waits for them, and hears them. Only hints: they may
/// be lost, doubled and late, so whoever acts on one also looks by itself now and then. Loop thread only.
class Hints {
 public:
  virtual ~Hints() = default;

  /// Returns at once and never fails: what cannot be sent is dropped. What is told within a moment travels together, a
  /// repeated topic once. `topic`: a short word.
  virtual void tell(std::string_view topic) = 0;
};

/// Called on the loop with what another process told; with "" after every gap in hearing, the first start included:
/// anything may have been told in it. std::function: one an object, and captures.
using Heard = std::function<void(const std::string& topic)>;

}  // namespace aisha::sql
