// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/task.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// Styles that a person keeps at hand, by their ids; some may be out of the catalogue by now.
class KeptStyles {
 public:
  explicit KeptStyles(Context context) : context_(context) {}

  /// The last kept first, from short memory when it has them.
  Task<std::vector<std::string>> list(Uuid owner);

  /// Collects it. The caller knows that there is such a style; any may be taken out.
  void set(Actor& actor, std::string_view style, bool on);
  /// The style of a picture of theirs; any other picture changes nothing.
  void set_of(Actor& actor, const Uuid& picture, bool on);

 private:
  Context context_;
};

}  // namespace aisha::services
