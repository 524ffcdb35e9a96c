// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"

namespace boost::asio {
class thread_pool;
}

namespace aisha::blobs {

struct DiskOptions {
  std::filesystem::path root;
  std::string generated = "aisha-v2-generated";
  std::string templates = "aisha-v2-templates";
  std::string temp = "aisha-v2-temp";
};

/// Buckets as folders below `root`, which is made when absent. `put` writes a temporary file, fsyncs it, renames it and
/// fsyncs the folder. The content type follows from the key's extension; any other type is kept in a sidecar file.
/// Pages of `list` that follow one another are of one moment, that of the first of them or of some 50,000 keys.
/// File work runs on `pool` (it must outlive the store), answers arrive on `loop`. There is no public address:
/// `presign` is nullopt. Errors of the calls besides BlobStore's: not_found for a key that could leave its bucket.
/// Error of making: start_failed (folder cannot be made or written).
Result<std::unique_ptr<BlobStore>> make_disk_store(Executor loop, boost::asio::thread_pool& pool, DiskOptions options);

/// The meaning of an errno of a file operation: disk_full or unavailable.
Errc disk_error(int problem);

}  // namespace aisha::blobs
