// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Empties avatars that have been in the bin for Policy::trash_days: name, model, face and its uploads go, the row
/// stays.
Task<void> empty_avatars(Context context);

}  // namespace aisha::services
