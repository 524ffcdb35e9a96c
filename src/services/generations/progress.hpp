// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/task.hpp"
#include "base/uuid.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// What the process that follows a generation last heard of it, for the processes that show it. Remembered for five
/// minutes; without it a status shows less.
struct Progress {
  std::optional<int> ahead;          ///< in the provider's queue; none while it is being worked on
  std::optional<int> usual_seconds;  ///< median of real generations with this model
};

Task<void> note_progress(Context context, Uuid generation, Progress progress);
Task<std::optional<Progress>> progress_of(Context context, Uuid generation);
/// It has ended.
Task<void> forget_progress(Context context, Uuid generation);

}  // namespace aisha::services
