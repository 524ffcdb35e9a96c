// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/context/context.hpp"
#include "services/import/import_progress.hpp"
#include "stores/import/imports.hpp"

namespace aisha::blobs {
class BlobStore;
}

namespace aisha::services {

struct FoundObjects {
  std::int64_t found = 0;
  std::map<std::string, std::int64_t> missing;  ///< reason -> pictures
};

/// Looks for the objects of imported pictures that have none yet, in the bucket of generated pictures.
class ObjectSearch {
 public:
  /// `bucket`: its name in the older bot's addresses.
  ObjectSearch(Context context, blobs::BlobStore& store, std::string bucket, ImportProgress& progress)
      : context_(context), store_(store), bucket_(std::move(bucket)), progress_(progress) {}

  /// Errc::unavailable: the store is away.
  Task<Result<FoundObjects>> run();

 private:
  Task<Result<void>> look_at(std::vector<stores::imports::Missing> page, FoundObjects& found);

  Context context_;
  blobs::BlobStore& store_;
  std::string bucket_;
  ImportProgress& progress_;
};

}  // namespace aisha::services
