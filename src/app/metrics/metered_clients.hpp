// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "blobs/blob_store.hpp"
#include "cache/cache.hpp"
#include "http/client/client.hpp"
#include "providers/image_generator.hpp"

/// Stand before a port and count what passes, so that neither side knows of it. What they stand before outlives them.
namespace aisha::app {

/// Before the client of the Bot API: calls by method and outcome. URLs carry the token: only the method's name, their
/// last segment, is looked at.
class MeteredTelegram final : public http::Client {
 public:
  MeteredTelegram(http::Client& next, metrics::Registry& registry);
  Task<Result<http::Response>> send(http::Request request) override;

 private:
  void count(std::string_view method, const Result<http::Response>& answer, Millis took);

  http::Client& next_;
  metrics::Registry& registry_;
  metrics::Counter& flood_;
};

/// Before the provider: calls by kind and error code.
class MeteredProvider final : public providers::ImageGenerator {
 public:
  MeteredProvider(providers::ImageGenerator& next, metrics::Registry& registry) : next_(next), registry_(registry) {}

  Task<Result<providers::RemoteJob>> submit(providers::Submission submission) override;
  Task<Result<providers::RemoteStatus>> status(providers::RemoteJob job) override;
  Task<Result<providers::RemoteResult>> result(providers::RemoteJob job, providers::OutputShape shape) override;
  Task<Result<providers::CancelOutcome>> cancel(providers::RemoteJob job) override;
  Task<Result<std::string>> download(std::string url) override;
  Task<Result<std::string>> upload(std::string bytes, std::string content_type, std::string file_name) override;

 private:
  providers::ImageGenerator& next_;
  metrics::Registry& registry_;
};

/// Before the pictures' store: calls by kind and error code.
class MeteredBlobs final : public blobs::BlobStore {
 public:
  MeteredBlobs(blobs::BlobStore& next, metrics::Registry& registry) : next_(next), registry_(registry) {}

  Task<Result<void>> put(blobs::Bucket bucket, std::string key, std::string bytes, std::string content_type) override;
  Task<Result<void>> put_file(blobs::Bucket bucket, std::string key, blobs::BlobFile file,
                              std::string content_type) override;
  Task<Result<std::string>> get(blobs::Bucket bucket, std::string key) override;
  Task<Result<Digest>> digest(blobs::Bucket bucket, std::string key) override;
  Task<Result<blobs::BlobInfo>> stat(blobs::Bucket bucket, std::string key) override;
  Task<Result<std::vector<std::string>>> list(blobs::Bucket bucket, std::string prefix, std::string after,
                                              std::size_t limit) override;
  Task<Result<void>> remove(blobs::Bucket bucket, std::string key) override;
  Task<std::vector<std::string>> remove_all(blobs::Bucket bucket, std::vector<std::string> keys) override;
  std::optional<std::string> presign(blobs::Bucket bucket, std::string_view key, Millis lifetime,
                                     std::string_view download_name) const override {
    return next_.presign(bucket, key, lifetime, download_name);
  }

 private:
  blobs::BlobStore& next_;
  metrics::Registry& registry_;
};

/// Before short memory: hits and misses by kind of entry, the second word of its key.
class MeteredCache final : public cache::Cache {
 public:
  MeteredCache(cache::Cache& next, metrics::Registry& registry) : next_(next), registry_(registry) {}

  Task<std::optional<std::string>> get(std::string key) override;
  Task<void> put(std::string key, std::string value, Millis ttl) override {
    return next_.put(std::move(key), std::move(value), ttl);
  }
  Task<bool> add(std::string key, std::string value, Millis ttl) override {
    return next_.add(std::move(key), std::move(value), ttl);
  }
  Task<void> erase(std::string key) override { return next_.erase(std::move(key)); }

 private:
  cache::Cache& next_;
  metrics::Registry& registry_;
};

}  // namespace aisha::app
