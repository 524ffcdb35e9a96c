// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "blobs/blob_store.hpp"
#include "blobs/s3/client.hpp"

namespace aisha::blobs::s3 {

struct BucketHealth {
  std::string name;
  Judgement judgement;  ///< good: there, and an object could be written, read and removed
  std::string step;     ///< what failed: "find", "write", "look at", "read", "remove"
};

struct Health {
  std::vector<BucketHealth> buckets;
  Judgement expiry;                                    ///< good: objects of `temp` end after a day
  std::optional<std::chrono::seconds> clock_is_ahead;  ///< ours of theirs; nothing when the server told no time
};

/// Objects on any server that speaks S3. A put is checked twice: the server compares what it got with the signed hash,
/// and a HEAD tells what it kept. Where a server takes no checksum, or answers a HEAD in a way of its own, the bytes
/// are read back instead; that is found out once a process and logged. The request path never makes a bucket: a server
/// that lost its drive looks like a new one.
class Store : public BlobStore {
 public:
  /// Names of the buckets that are not there. Errc::start_failed with one sentence.
  virtual Task<Result<std::vector<std::string>>> missing() = 0;
  /// Makes them and lets objects of `temp` end after a day: for `aisha migrate` and for a start before the first
  /// picture. Repeating it is harmless. What was done, a line each; Errc::start_failed with one sentence.
  virtual Task<Result<std::vector<std::string>>> prepare() = 0;
  /// For the doctor: tries everything with small objects of its own.
  virtual Task<Health> inspect() = 0;
  /// How puts are proven as far as this process knows: "" = as they should be, else in words.
  virtual std::string makeshift() const = 0;
};

/// `http` outlives the store. Nothing is sent yet.
std::unique_ptr<Store> make_store(Executor loop, http::Client& http, Options options);

}  // namespace aisha::blobs::s3
