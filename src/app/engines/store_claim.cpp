// SPDX-License-Identifier: Apache-2.0
#include "app/engines/store_claim.hpp"

#include <boost/asio/thread_pool.hpp>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/policy_settings.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "http/client/client.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::app {
namespace {

/// A store that is asked once and not waited for.
struct Brief {
  boost::asio::thread_pool files{1};
  std::unique_ptr<http::Client> http;
  Result<OpenBlobs> blobs;

  Brief(const Executor& loop, const config::Config& config)
      : http(http::make_client(loop, proxies_of(config))), blobs(open_blobs_briefly(loop, files, *http, config)) {}
};

/// Of an S3 server: away, or without buckets, which are made beside the bot. Whoever does that claims them.
Task<bool> is_for_later(blobs::s3::Store* s3) {
  if (s3 == nullptr) {
    co_return false;
  }
  const auto missing = co_await s3->missing();
  co_return !missing || !missing->empty();
}

/// The boundary where an outage of the database ends.
Task<Result<void>> try_to_claim(const OpenBlobs& blobs, sql::Database& database) {
  const bool later = co_await is_for_later(blobs.s3);
  if (later) {
    co_return Result<void>();
  }
  blobs::BlobStore& store = *blobs.store;
  try {
    const KnownDatabase known = co_await known_of(database);
    co_return co_await claim_store(store, known);
  } catch (const sql::Outage& outage) {
    co_return fail(outage.code(), outage.what());
  }
}

std::optional<KnownDatabase> look_at_database(boost::asio::io_context& loop, const config::Config& config) {
  try {
    const auto opened = open_snapshot(loop.get_executor(), config);
    return opened ? std::optional(wait_for(loop, known_of(**opened))) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;  // another line of the doctor's says why
  }
}

}  // namespace

Task<KnownDatabase> known_of(sql::Database& database) {
  SystemRng rng;
  stores::UnitOfWork unit(database, rng);
  KnownDatabase known;
  known.id = co_await stores::identity::load(unit);
  known.any_picture = co_await stores::requests::any_picture(unit);
  co_return known;
}

Task<Result<void>> claim_store(blobs::BlobStore& store, KnownDatabase database) {
  if (database.any_picture) {
    co_return co_await services::check_bucket(store, database.id);
  }
  co_return co_await services::claim_bucket(store, database.id);
}

Result<void> claim_store_at_start(boost::asio::io_context& loop, const config::Config& config,
                                  sql::Database& database) {
  const Brief brief(loop.get_executor(), config);
  if (!brief.blobs) {
    return std::unexpected(brief.blobs.error());
  }
  const auto claimed = wait_for(loop, try_to_claim(*brief.blobs, database));
  if (!claimed && claimed.error().code == Errc::db_foreign) {
    return claimed;
  }
  if (!claimed) {
    log::warn("whose the pictures are: {}", claimed.error().detail);
  }
  return {};
}

Result<void> claim_store_now(const config::Config& config, Uuid database, Taking taking) {
  boost::asio::io_context loop;
  const Brief brief(loop.get_executor(), config);
  if (!brief.blobs) {
    return std::unexpected(brief.blobs.error());
  }
  blobs::BlobStore& store = *brief.blobs->store;
  const auto claimed = taking == Taking::by_force ? wait_for(loop, services::take_bucket(store, database))
                                                  : wait_for(loop, services::claim_bucket(store, database));
  return claimed || claimed.error().code == Errc::db_foreign
             ? claimed
             : fail(Errc::start_failed, "whose the pictures are: " + claimed.error().detail);
}

Findings check_store_owner(const config::Config& config) {
  boost::asio::io_context loop;
  const auto known = look_at_database(loop, config);
  const Brief brief(loop.get_executor(), config);
  if (!known || !brief.blobs) {
    return {};
  }
  const auto owned = wait_for(loop, services::check_bucket(*brief.blobs->store, known->id));
  if (owned) {
    return {good("pictures", "are this database's")};
  }
  switch (owned.error().code) {
    case Errc::db_foreign: return {bad("pictures", "are another database's", owned.error().detail)};
    case Errc::not_found:
      // Before the first start nobody has marked it.
      return known->any_picture ? Findings{bad("pictures", "are no database's", owned.error().detail)} : Findings{};
    default: return {};
  }
}

}  // namespace aisha::app
