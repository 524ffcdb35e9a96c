// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "app/serve/role.hpp"
#include "base/error.hpp"
#include "base/metrics.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "blobs/blob_store.hpp"
#include "cache/cache.hpp"
#include "cache/rate_limiter.hpp"
#include "config/config.hpp"
#include "http/client/client.hpp"
#include "imaging/imager.hpp"
#include "sql/database.hpp"

namespace boost::asio {
class thread_pool;
}
namespace aisha::app {

/// Everything the product reaches outside itself; all of it outlives the product.
struct Clients {
  Clock& clock;
  Rng& rng;
  sql::Database& database;
  cache::Cache& cache;
  cache::RateLimiter& rates;
  blobs::BlobStore& blobs;
  imaging::Imager& imager;
  http::Client& http;
  metrics::Registry& metrics;
  boost::asio::thread_pool* pool = nullptr;  ///< for what takes more than a millisecond; null: in place
};

/// Services, listener and loops of one role, wired together.
class Product {
 public:
  /// Errc::catalog_invalid.
  static Result<std::unique_ptr<Product>> make(Executor loop, const config::Config& config, Role role, Clients clients);
  virtual ~Product() = default;

  /// Starts everything and returns after `stop` once nothing runs any more, or with Errc::telegram_unauthorized when
  /// the token is void at the start (one that becomes void later is waited out), Errc::start_failed when the address of
  /// the listener is taken.
  virtual Task<Result<void>> run() = 0;
  virtual void stop() = 0;
};

}  // namespace aisha::app
