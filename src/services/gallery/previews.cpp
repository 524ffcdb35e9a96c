// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/previews.hpp"

#include "base/embedded.hpp"
#include "base/encoding.hpp"

namespace aisha::embedded {
Files previews();
}

namespace aisha::services {
namespace {

constexpr std::string_view kFolder = "previews/";

}  // namespace

std::string_view preview_file(std::string_view name) {
  for (const embedded::File& file : embedded::previews()) {
    if (file.path == name) {
      return file.bytes;
    }
  }
  return {};
}

std::string previews_version() {
  std::string all;
  for (const embedded::File& file : embedded::previews()) {
    all += file.path;
    all += file.bytes;
  }
  return encoding::sha256_hex(all).substr(0, 8);
}

Task<Result<int>> publish_previews(blobs::BlobStore& blobs) {
  const std::string mark = std::string(kFolder) + "version";
  const std::string version = previews_version();
  const auto published = co_await blobs.get(blobs::Bucket::templates, mark);
  if (published && *published == version) {
    co_return 0;
  }
  if (!published && published.error().code != Errc::not_found) {
    co_return std::unexpected(published.error());
  }
  int written = 0;
  for (const embedded::File& file : embedded::previews()) {
    std::string key = std::string(kFolder) + std::string(file.path);
    std::string bytes(file.bytes);
    const auto put = co_await blobs.put(blobs::Bucket::templates, std::move(key), std::move(bytes), "image/jpeg");
    if (!put) {
      co_return std::unexpected(put.error());
    }
    ++written;
  }
  const auto marked = co_await blobs.put(blobs::Bucket::templates, mark, version, "text/plain");
  if (!marked) {
    co_return std::unexpected(marked.error());
  }
  co_return written;
}

}  // namespace aisha::services
