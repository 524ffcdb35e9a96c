// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "providers/image_generator.hpp"
#include "services/context/context.hpp"
#include "services/preparing/wants.hpp"

namespace aisha::services {

/// Our objects at the provider: each is sent once and used as long as it lies there. Everything may be repeated.
class Handover {
 public:
  Handover(Context context, providers::ImageGenerator& provider, blobs::BlobStore& blobs)
      : context_(context), provider_(provider), blobs_(blobs) {}

  /// `input` with the address of each file in its place. Errors: not_found (an object of ours is gone), those of
  /// ImageGenerator::upload and of BlobStore::get.
  Task<Result<std::string>> fill(std::string input, std::vector<WantedFile> files);

 private:
  Task<Result<std::string>> address(WantedFile file);

  Context context_;
  providers::ImageGenerator& provider_;
  blobs::BlobStore& blobs_;
};

}  // namespace aisha::services
