// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/uuid.hpp"

namespace aisha::bot {

/// A page of a list of pictures: the first one, or the one behind (older) or before (newer) a picture that may be gone
/// by now. "0", "n<id>", "p<id>".
struct PagePlace {
  enum class Side : char { first = '0', older = 'n', newer = 'p' };
  Side side = Side::first;
  Uuid picture;
  bool operator==(const PagePlace&) const = default;
};

}  // namespace aisha::bot
