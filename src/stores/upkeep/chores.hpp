// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "stores/unit/unit_of_work.hpp"

/// Work that one process at a time does in passing. Its row is made by the first claim; a lease that is not renewed
/// ends by itself.
namespace aisha::stores::chores {

struct Claim {
  std::int64_t epoch = 0;  ///< fencing token: every write names it
  std::int64_t mark = 0;   ///< how far the chore has come, in its own measure; 0 = never done
};

/// Takes the chore unless another process has it or its mark has reached `goal`. Durable at once.
Task<std::optional<Claim>> claim(UnitOfWork& unit, std::string_view name, std::int64_t goal, Millis lease);
/// Goes on holding it. Conflict: another process has taken it.
void renew(UnitOfWork& unit, std::string_view name, const Claim& claim, Millis lease);
/// Lets it go, done up to `mark`. Conflict as above.
void finish(UnitOfWork& unit, std::string_view name, const Claim& claim, std::int64_t mark);

}  // namespace aisha::stores::chores
