// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "blobs/blob_store.hpp"
#include "domain/picture.hpp"
#include "services/context/chore_steps.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// Forgets what has had its time: handled updates, told messages, applied provider events, pictures in the trash. Looks
/// for lanes of the queues that lost their head, which no step may leave behind. A part that fails stops no other.
class Sweeper final : public Chore {
 public:
  Sweeper(Context context, blobs::BlobStore& blobs) : context_(context), blobs_(blobs), steps_(context.metrics) {}

  Task<void> run() override;

 private:
  Task<void> mend_lanes();
  /// Deletes up to a number of rows that ended before; how many there were.
  using Sweep = Task<std::int64_t> (*)(stores::UnitOfWork& unit, TimePoint before, std::int64_t limit);
  Task<void> sweep_rows(Sweep sweep, TimePoint before);
  Task<void> empty_trash();
  Task<void> forget(std::span<const domain::Picture> pictures);

  Context context_;
  blobs::BlobStore& blobs_;
  ChoreSteps steps_;
};

}  // namespace aisha::services
