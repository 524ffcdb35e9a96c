// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "blobs/blob_store.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "stores/upkeep/chores.hpp"

namespace aisha::services {

/// Removes objects that no row names: those of a picture whose row was ended by somebody else while its bytes were
/// being stored. Whole days, each once, when it ended two days ago and nothing of it can be under way; one process at a
/// time; likewise copies and faces of avatars that are as old. Only keys as we make them are looked at, and only in a
/// store that is this database's (bucket_owner.hpp). A day that could not be finished, or whose objects are all away
/// though rows name some, is done again from its beginning.
class Orphans final : public Chore {
 public:
  Orphans(Context context, blobs::BlobStore& blobs) : context_(context), blobs_(blobs) {}

  Task<void> run() override;

 private:
  Task<bool> may_remove();
  Task<bool> is_away(std::chrono::sys_days day, std::int64_t late);
  Task<bool> sweep_day(std::chrono::sys_days day, std::int64_t late, stores::chores::Claim claim);
  Task<bool> sweep_avatars(TimePoint before, stores::chores::Claim claim);
  Task<bool> remove(std::vector<std::string> lost);
  Task<std::vector<std::string>> lost_of_avatars(std::vector<std::string> keys, TimePoint before);
  Task<std::vector<std::string>> lost_of(std::vector<std::string> keys);
  Task<bool> hold(stores::chores::Claim claim);

  Context context_;
  blobs::BlobStore& blobs_;
};

}  // namespace aisha::services
