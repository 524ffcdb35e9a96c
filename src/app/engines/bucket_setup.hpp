// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "base/task.hpp"
#include "blobs/s3/store.hpp"
#include "config/config.hpp"
#include "sql/database.hpp"

/// What an S3 server needs besides its address: buckets, and the styles' previews in one of them. Other engines need
/// nothing, and these do nothing for them.
namespace aisha::catalog {
class TemplateManager;
}
namespace aisha::app {

/// Beside a running bot. Buckets are made only while the database knows no picture: later an empty server is a drive
/// that was lost. Ends when all is there, or with Errc::db_foreign when the pictures are another database's; a server
/// that is away is waited for.
Task<Result<void>> set_up_buckets(Executor loop, blobs::s3::Store& store, sql::Database& database,
                                  const catalog::TemplateManager& templates);

/// `aisha migrate`: makes what is missing and says so. Errors: start_failed, catalog_invalid.
Result<void> set_up_buckets_now(const config::Config& config);
/// `aisha migrate --plan`: how many lines it printed.
Result<std::size_t> print_bucket_plan(const config::Config& config);

}  // namespace aisha::app
