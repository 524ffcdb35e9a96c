// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hashing.hpp"
#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::blobs {

/// Pictures, the styles' previews, what lives for a day. The names "aisha-v2-generated", "aisha-v2-templates",
/// "aisha-v2-temp" are settings of the engine.
enum class Bucket { generated, templates, temp };

struct BlobInfo {
  std::uint64_t bytes = 0;
  std::string content_type;
};

/// A file that is to become an object; it stays as it is meanwhile.
struct BlobFile {
  std::string path;
  Digest digest;  ///< of its bytes
};

/// Objects by bucket and key ("YYYY/MM/DD/{id}.jpg"; what a key may be: key.hpp). `put` is durable when it returns and
/// overwrites atomically, so a repeated put of the same bytes is harmless. Errors: not_found, unavailable, disk_full.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual Task<Result<void>> put(Bucket bucket, std::string key, std::string bytes, std::string content_type) = 0;
  /// `put` of a file, which is never whole in memory.
  virtual Task<Result<void>> put_file(Bucket bucket, std::string key, BlobFile file, std::string content_type) = 0;
  virtual Task<Result<std::string>> get(Bucket bucket, std::string key) = 0;
  /// Length and SHA-256 of what is kept now: it is read, and never whole in memory.
  virtual Task<Result<Digest>> digest(Bucket bucket, std::string key) = 0;
  virtual Task<Result<BlobInfo>> stat(Bucket bucket, std::string key) = 0;
  /// The keys that begin with `prefix` and stand behind `after` ("" = from the first), in the order of their bytes; at
  /// most `limit`. Fewer than that: there are no more.
  virtual Task<Result<std::vector<std::string>>> list(Bucket bucket, std::string prefix, std::string after,
                                                      std::size_t limit) = 0;
  /// Removing what is absent succeeds.
  virtual Task<Result<void>> remove(Bucket bucket, std::string key) = 0;
  /// Removes many; gives back those that could not be removed now. One by one where the engine has no better way.
  virtual Task<std::vector<std::string>> remove_all(Bucket bucket, std::vector<std::string> keys);
  /// A URL that opens the object for `lifetime` (at most seven days) without other credentials; a reader saves it under
  /// `download_name` unless that is empty. nullopt when the engine has no public address.
  virtual std::optional<std::string> presign(Bucket bucket, std::string_view key, Millis lifetime,
                                             std::string_view download_name) const = 0;
};

}  // namespace aisha::blobs
