// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "app/engines/findings.hpp"
#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "blobs/s3/store.hpp"
#include "config/config.hpp"
#include "http/client/client.hpp"

namespace boost::asio {
class thread_pool;
}

namespace aisha::app {

struct OpenBlobs {
  std::unique_ptr<blobs::BlobStore> store;
  blobs::s3::Store* s3 = nullptr;  ///< the same store when it is an S3 server: bucket_setup.hpp
};

/// `files` and `http` outlive it; an S3 server is not asked yet. Errc::start_failed.
Result<OpenBlobs> open_blobs(Executor loop, boost::asio::thread_pool& files, http::Client& http,
                             const config::Config& config);
/// The same for one look: an S3 server is asked once and answers within seconds or not at all.
Result<OpenBlobs> open_blobs_briefly(Executor loop, boost::asio::thread_pool& files, http::Client& http,
                                     const config::Config& config);
/// For the doctor.
Findings check_blobs(const config::Config& config);

}  // namespace aisha::app
