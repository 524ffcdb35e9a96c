// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::blobs {

/// architecture.md §5; the names "aisha-v2-generated", "aisha-v2-templates", "aisha-v2-temp" are settings of the
/// engine.
enum class Bucket { generated, templates, temp };

struct BlobInfo {
  std::uint64_t bytes = 0;
  std::string content_type;
};

/// Objects by bucket and key ("YYYY/MM/DD/{id}.jpg"). `put` is durable when it returns and overwrites atomically, so a
/// repeated put of the same bytes is harmless. Errors: not_found, unavailable, disk_full.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual Task<Result<void>> put(Bucket bucket, std::string key, std::string bytes, std::string content_type) = 0;
  virtual Task<Result<std::string>> get(Bucket bucket, std::string key) = 0;
  virtual Task<Result<BlobInfo>> stat(Bucket bucket, std::string key) = 0;
  /// Removing what is absent succeeds.
  virtual Task<Result<void>> remove(Bucket bucket, std::string key) = 0;
  /// A URL that opens the object for `lifetime` without other credentials; nullopt when the engine has no public door.
  virtual std::optional<std::string> presign(Bucket bucket, std::string_view key, Millis lifetime,
                                             std::string_view download_name) const = 0;
};

}  // namespace aisha::blobs
