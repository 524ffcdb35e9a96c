// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "blobs/blob_store.hpp"
#include "services/ground.hpp"
#include "services/steps.hpp"

namespace aisha::services {

/// Forgets what has had its time: handled updates, told messages, applied news, pictures in the trash.
class Sweeping final : public Chore {
 public:
  Sweeping(Ground ground, blobs::BlobStore& blobs) : ground_(ground), blobs_(blobs) {}

  Task<void> run() override;

 private:
  Task<void> empty_trash();

  Ground ground_;
  blobs::BlobStore& blobs_;
};

}  // namespace aisha::services
