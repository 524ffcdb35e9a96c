// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "blobs/blob_store.hpp"
#include "services/context/chore_steps.hpp"
#include "services/context/context.hpp"
#include "services/context/worker.hpp"

namespace aisha::services {

/// "erasures/<id>" in the store of the pictures says that this person was erased: a database that is restored from an
/// older backup learns it from there. The id says nothing about anybody but to the database that has their row.
Task<Result<void>> put_erasure_marker(blobs::BlobStore& blobs, Uuid person);
bool is_erasure_marker(std::string_view key);
/// Those behind `after` (nil = from the first), in the order of their ids, at most `limit`.
Task<Result<std::vector<Uuid>>> erasure_markers(blobs::BlobStore& blobs, Uuid after, std::size_t limit);

/// Opens the erasure anew, silently, of whoever the marker names and the database does not know to be erased. Whether
/// it was needed. Throws sql::Outage.
Task<bool> erase_again(Context context, Uuid person);

/// After each start, once: every marker is compared with the database.
class ErasuresCheck final : public Chore {
 public:
  ErasuresCheck(Context context, blobs::BlobStore& blobs) : context_(context), blobs_(blobs), steps_(context.metrics) {}

  Task<void> run() override;

 private:
  Task<void> compare();

  Context context_;
  blobs::BlobStore& blobs_;
  ChoreSteps steps_;
  Uuid after_;  ///< up to here it is done
  bool done_ = false;
};

}  // namespace aisha::services
