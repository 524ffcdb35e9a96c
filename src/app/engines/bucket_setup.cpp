// SPDX-License-Identifier: Apache-2.0
#include "app/engines/bucket_setup.hpp"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <optional>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/blocking.hpp"
#include "app/engines/policy_settings.hpp"
#include "app/engines/store_claim.hpp"
#include "base/log.hpp"
#include "base/time.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"
#include "services/previews/preview_shelf.hpp"

namespace aisha::app {
namespace {

constexpr Millis kFirstPause{2'000};
constexpr Millis kLongestPause{60'000};

/// What was done, a line each.
using Done = Result<std::vector<std::string>>;

Task<Done> publish(blobs::s3::Store& store, const catalog::TemplateManager& templates, std::vector<std::string> done) {
  services::BucketShelf shelf(store);
  const auto published = co_await services::publish_previews(shelf, templates);
  if (!published) {
    co_return std::unexpected(published.error());
  }
  if (*published > 0) {
    done.push_back(fmt::format("published {} previews", *published));
  }
  co_return done;
}

Task<Done> make_all(blobs::s3::Store& store, const catalog::TemplateManager& templates) {
  auto made = co_await store.prepare();
  if (!made) {
    co_return made;
  }
  co_return co_await publish(store, templates, std::move(*made));
}

/// The boundary where an outage of the database ends. `known`: as this process met the database; what it learns since
/// is no reason to take a store for a lost one.
Task<Done> try_to_set_up(blobs::s3::Store& store, sql::Database& database, const catalog::TemplateManager& templates,
                         std::optional<KnownDatabase>& known) {
  try {
    if (!known) {
      known = co_await known_of(database);
    }
    std::vector<std::string> done;
    if (!known->any_picture) {
      auto made = co_await store.prepare();
      if (!made) {
        co_return std::unexpected(std::move(made.error()));
      }
      done = std::move(*made);
    }
    auto claimed = co_await claim_store(store, *known);
    // Without a mark nothing is removed; the previews are there all the same.
    if (!claimed && claimed.error().code != Errc::not_found) {
      co_return std::unexpected(std::move(claimed.error()));
    }
    co_return co_await publish(store, templates, std::move(done));
  } catch (const std::exception& outage) {
    co_return fail(Errc::unavailable, outage.what());
  }
}

/// An S3 store for one command.
struct Opened {
  boost::asio::io_context loop;
  boost::asio::thread_pool files{1};
  std::unique_ptr<http::Client> http;
  Result<OpenBlobs> blobs;

  explicit Opened(const config::Config& config)
      : http(http::make_client(loop.get_executor(), proxies_of(config))),
        blobs(open_blobs(loop.get_executor(), files, *http, config)) {}
};

}  // namespace

Task<Result<void>> set_up_buckets(Executor loop, blobs::s3::Store& store, sql::Database& database,
                                  const catalog::TemplateManager& templates) {
  SystemClock clock(loop);
  std::optional<KnownDatabase> known;
  std::string told;
  for (Millis pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    const Done done = co_await try_to_set_up(store, database, templates, known);
    if (done) {
      for (const std::string& line : *done) {
        log::info("S3: {}", line);
      }
      co_return Result<void>();
    }
    if (done.error().code == Errc::db_foreign) {
      co_return std::unexpected(done.error());
    }
    if (done.error().detail != told) {
      told = done.error().detail;
      log::warn("{}; looking again", told);
    }
    co_await clock.sleep(pause);
  }
}

Result<void> set_up_buckets_now(const config::Config& config) {
  Opened opened(config);
  if (!opened.blobs) {
    return std::unexpected(opened.blobs.error());
  }
  if (opened.blobs->s3 == nullptr) {
    return {};
  }
  const auto templates = catalog::TemplateManager::load(catalog::Source{config.catalog_dir});
  if (!templates) {
    return std::unexpected(templates.error());
  }
  const Done done = wait_for(opened.loop, make_all(*opened.blobs->s3, **templates));
  if (!done) {
    return fail(Errc::start_failed, done.error().detail);
  }
  for (const std::string& line : *done) {
    fmt::print("{}\n", line);
  }
  return {};
}

Result<std::size_t> print_bucket_plan(const config::Config& config) {
  Opened opened(config);
  if (!opened.blobs) {
    return std::unexpected(opened.blobs.error());
  }
  if (opened.blobs->s3 == nullptr) {
    return 0;
  }
  const Done missing = wait_for(opened.loop, opened.blobs->s3->missing());
  if (!missing) {
    return std::unexpected(missing.error());
  }
  for (const std::string& bucket : *missing) {
    fmt::print("would make bucket {}\n", bucket);
  }
  return missing->size();
}

}  // namespace aisha::app
