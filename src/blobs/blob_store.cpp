// SPDX-License-Identifier: Apache-2.0
#include "blobs/blob_store.hpp"

namespace aisha::blobs {

Task<std::vector<std::string>> BlobStore::remove_all(Bucket bucket, std::vector<std::string> keys) {
  std::vector<std::string> left;
  for (std::string& key : keys) {
    const auto removed = co_await remove(bucket, key);
    if (!removed) {
      left.push_back(std::move(key));
    }
  }
  co_return left;
}

}  // namespace aisha::blobs
