// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Empties avatars that have been in the bin for Policy::trash_days: name, model, photos, face and its uploads go, the
/// row stays.
Task<void> empty_avatars(Context context);
/// The same of avatars made of photos that never became ready and that nobody went on with for Policy::draft_days.
Task<void> forget_drafts(Context context);

}  // namespace aisha::services
