// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"

namespace aisha::services {

/// Empties avatars that have been in the bin for Policy::trash_days: name, model, face and its uploads go, the row
/// stays. Objects go first; one whose objects cannot be removed now waits for the next round.
Task<void> empty_avatars(Context context, blobs::BlobStore& blobs);

}  // namespace aisha::services
