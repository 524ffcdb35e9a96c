// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/doctor/findings.hpp"
#include "base/error.hpp"
#include "base/metrics.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "blobs/blob_store.hpp"
#include "blobs/s3/store.hpp"
#include "cache/cache.hpp"
#include "cache/rate_limiter.hpp"
#include "config/config.hpp"
#include "http/client/client.hpp"
#include "imaging/imager.hpp"
#include "sql/database.hpp"
#include "sql/hints.hpp"
#include "sql/migration.hpp"

namespace boost::asio {
class thread_pool;
}

/// Settings -> engines: the one place that names them; a kind of engine is a file (database_engine.cpp, ...).
namespace aisha::app {

/// "sqlite:aisha.db" -> "aisha.db".
std::string after_scheme(const std::string& url);

struct OpenDatabase {
  std::unique_ptr<sql::Database> database;
  sql::MigrationReport migrations;
};

/// Opens and migrates. Errors: db_*, start_failed (another process holds it).
Result<OpenDatabase> open_database(Executor loop, const config::Config& config, metrics::Registry& registry);

/// The way to other processes on the same database; null where there can be none.
std::unique_ptr<sql::Hints> share_hints(Executor loop, const config::Config& config, sql::Heard heard);

/// For the doctor: where it is and its schema version. Nothing is changed.
Findings check_database(const config::Config& config);

/// One moment of the database, for reading only, beside whatever uses it. Errors: db_*, start_failed.
Result<std::unique_ptr<sql::Database>> open_snapshot(Executor loop, const config::Config& config);

/// Names of the migrations that a start would apply.
Result<std::vector<std::string>> pending_migrations(const config::Config& config);

/// What an operator does about a database error.
std::string advice_for(Errc code);

struct OpenBlobs {
  std::unique_ptr<blobs::BlobStore> store;
  blobs::s3::Store* s3 = nullptr;  ///< the same store when it is an S3 server: furnishing.hpp
};

/// `files` and `http` outlive it; an S3 server is not asked yet. Errc::start_failed.
Result<OpenBlobs> open_blobs(Executor loop, boost::asio::thread_pool& files, http::Client& http,
                             const config::Config& config);
/// For the doctor.
Findings check_blobs(const config::Config& config);

struct OpenCache {
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Rng> rng;
  std::unique_ptr<cache::Cache> cache;
  std::unique_ptr<cache::RateLimiter> rates;
};

/// Returns at once: a server is met in the background. Errc::config_invalid.
Result<OpenCache> open_cache(Executor loop, const config::Config& config);
/// For the doctor.
Findings check_cache(const config::Config& config);

/// The imager's path: the setting, or beside this program.
std::string imager_program(const config::Config& config);
std::unique_ptr<imaging::Imager> start_imager(Executor loop, const config::Config& config);

}  // namespace aisha::app
