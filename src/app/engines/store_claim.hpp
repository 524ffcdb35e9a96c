// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/io_context.hpp>

#include "app/engines/findings.hpp"
#include "base/error.hpp"
#include "base/task.hpp"
#include "base/uuid.hpp"
#include "blobs/blob_store.hpp"
#include "config/config.hpp"
#include "sql/database.hpp"

/// Whose the pictures are (services/upkeep/bucket_owner.hpp), asked by starts and commands.
namespace aisha::app {

struct KnownDatabase {
  Uuid id;
  bool any_picture = false;
};
Task<KnownDatabase> known_of(sql::Database& database);

/// Claims the store for a database that knows no picture; for another it only looks whose the store is, since a drive
/// that is not mounted looks like a new one. Errors: db_foreign, not_found, those of BlobStore.
Task<Result<void>> claim_store(blobs::BlobStore& store, KnownDatabase database);

/// The same once, for seconds at most, before anything is begun. Errc::db_foreign; what cannot be told now is a line in
/// the log, since whatever removes objects asks again.
Result<void> claim_store_at_start(boost::asio::io_context& loop, const config::Config& config, sql::Database& database);

enum class Taking { if_free, by_force };
/// For commands by which an operator says that the pictures are those of `database`. Errors: db_foreign (only if_free),
/// start_failed.
Result<void> claim_store_now(const config::Config& config, Uuid database, Taking taking);

/// For the doctor.
Findings check_store_owner(const config::Config& config);

}  // namespace aisha::app
