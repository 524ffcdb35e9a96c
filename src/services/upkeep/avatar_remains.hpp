// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Empties avatars that have been in the bin for Policy::trash_days: name, model, photos, face and its uploads go, the
/// row stays. Objects go first; one whose objects cannot be removed now waits for the next round.
Task<void> empty_avatars(Context context, blobs::BlobStore& blobs);
/// The same of avatars made of photos that never became ready and that nobody went on with for Policy::draft_days.
Task<void> forget_drafts(Context context);

}  // namespace aisha::services
