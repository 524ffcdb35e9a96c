// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "blobs/blob_store.hpp"

namespace aisha::fakes {

/// Objects in a map; `broken` makes every call fail with it, `unreadable` keys cannot be read now;
/// `after_put` and `after_list` (with its prefix) happen right after such a call, the first one once; `before_remove`
/// once, before the first object goes; `before_get` before every read.
class MemoryBlobs final : public blobs::BlobStore {
 public:
  using Key = std::pair<blobs::Bucket, std::string>;
  std::map<Key, std::string> objects;
  std::optional<Errc> broken;
  std::set<std::string> unreadable;
  std::function<void()> after_put;
  std::function<void(const std::string& prefix)> after_list;
  std::function<Task<void>()> before_remove;
  std::function<Task<void>()> before_get;

  Task<Result<void>> put(blobs::Bucket bucket, std::string key, std::string bytes, std::string) override {
    if (broken) {
      co_return fail(*broken);
    }
    objects[Key(bucket, std::move(key))] = std::move(bytes);
    if (const auto then = std::exchange(after_put, nullptr)) {
      then();
    }
    co_return Result<void>{};
  }
  Task<Result<void>> put_file(blobs::Bucket bucket, std::string key, blobs::BlobFile file, std::string type) override {
    std::ifstream in(file.path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    co_return co_await put(bucket, std::move(key), std::move(bytes), std::move(type));
  }
  Task<Result<Digest>> digest(blobs::Bucket bucket, std::string key) override {
    const auto bytes = co_await get(bucket, std::move(key));
    if (!bytes) {
      co_return std::unexpected(bytes.error());
    }
    Digester digester;
    digester.add(*bytes);
    co_return digester.finish();
  }
  Task<Result<std::string>> get(blobs::Bucket bucket, std::string key) override {
    if (before_get) {
      co_await before_get();
    }
    if (unreadable.contains(key)) {
      co_return fail(Errc::unavailable);
    }
    const auto found = objects.find(Key(bucket, std::move(key)));
    if (broken || found == objects.end()) {
      co_return fail(broken.value_or(Errc::not_found));
    }
    co_return found->second;
  }
  Task<Result<blobs::BlobInfo>> stat(blobs::Bucket bucket, std::string key) override {
    if (unreadable.contains(key)) {
      co_return fail(Errc::unavailable);
    }
    const auto found = objects.find(Key(bucket, std::move(key)));
    if (broken || found == objects.end()) {
      co_return fail(broken.value_or(Errc::not_found));
    }
    blobs::BlobInfo info;
    info.bytes = found->second.size();
    co_return info;
  }
  Task<Result<std::vector<std::string>>> list(blobs::Bucket bucket, std::string prefix, std::string after,
                                              std::size_t limit) override {
    if (broken) {
      co_return fail(*broken);
    }
    std::vector<std::string> out;
    for (auto at = objects.upper_bound(Key(bucket, after)); at != objects.end() && out.size() < limit; ++at) {
      if (at->first.first == bucket && at->first.second.starts_with(prefix)) {
        out.push_back(at->first.second);
      }
    }
    if (after_list) {
      after_list(prefix);
    }
    co_return out;
  }
  Task<Result<void>> remove(blobs::Bucket bucket, std::string key) override {
    if (const auto first = std::exchange(before_remove, nullptr)) {
      co_await first();
    }
    if (broken) {
      co_return fail(*broken);
    }
    objects.erase(Key(bucket, std::move(key)));
    co_return Result<void>{};
  }
  std::optional<std::string> presign(blobs::Bucket, std::string_view, Millis, std::string_view) const override {
    return std::nullopt;
  }
};

}  // namespace aisha::fakes
