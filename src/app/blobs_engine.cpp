// SPDX-License-Identifier: Apache-2.0
#include "app/engines.hpp"
#include "blobs/disk/disk_store.hpp"

namespace aisha::app {

Result<std::unique_ptr<blobs::BlobStore>> open_blobs(Executor loop, boost::asio::thread_pool& files,
                                                     const config::Config& config) {
  blobs::DiskOptions options;
  options.root = after_scheme(config.blobs_url);
  return blobs::make_disk_store(std::move(loop), files, std::move(options));
}

Findings check_blobs(const config::Config& config) {
  return {check_folder("pictures", after_scheme(config.blobs_url))};
}

}  // namespace aisha::app
