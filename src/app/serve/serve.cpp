// SPDX-License-Identifier: Apache-2.0
#include "app/serve/serve.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "app/engines/blobs_engine.hpp"
#include "app/engines/bucket_setup.hpp"
#include "app/engines/cache_engine.hpp"
#include "app/engines/database_engine.hpp"
#include "app/engines/engines.hpp"
#include "app/engines/policy_settings.hpp"
#include "app/engines/store_claim.hpp"
#include "app/metrics/process_metrics.hpp"
#include "app/serve/product.hpp"
#include "base/log.hpp"
#include "catalog/templates/template_manager.hpp"
#include "http/client/client.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;

/// Runs the product on the loop until a signal or a fatal outcome.
class Serve {
 public:
  Serve(asio::io_context& loop, Product& product) : loop_(loop), product_(product), signals_(loop, SIGINT, SIGTERM) {}

  /// Work beside the product; an error of it ends both.
  void beside(Task<Result<void>> work) {
    asio::co_spawn(loop_, std::move(work), [this](std::exception_ptr failure, Result<void> ended) {
      if (failure) {
        failure_ = failure;
      }
      if (failure || !ended) {
        refused_ = std::move(ended);
        product_.stop();
      }
    });
  }

  Result<void> run() {
    loop_.restart();  // a look before the start has stopped it
    asio::co_spawn(loop_, watch_signals(), asio::detached);
    asio::co_spawn(loop_, live(), [this](std::exception_ptr failure) {
      if (failure) {
        failure_ = failure;
      }
      loop_.stop();
    });
    loop_.run();
    if (failure_) {
      std::rethrow_exception(failure_);
    }
    return refused_ ? outcome_ : refused_;
  }

 private:
  Task<void> live() { outcome_ = co_await product_.run(); }

  Task<void> watch_signals() {
    co_await signals_.async_wait(asio::use_awaitable);
    log::info("stopping: no new work is taken, running steps end");
    product_.stop();
    co_await signals_.async_wait(asio::use_awaitable);
    // The second signal means now. What was in flight is taken up at the next start.
    ::_exit(130);
  }

  asio::io_context& loop_;
  Product& product_;
  asio::signal_set signals_;
  Result<void> outcome_;
  Result<void> refused_;
  std::exception_ptr failure_;
};

Result<void> check_settings(const config::Config& config, Role role) {
  if (config.telegram.token.empty()) {
    return fail(Errc::config_secret, "telegram.token is not set; @BotFather gives one");
  }
  if (config.fal.key.empty() && works(role)) {
    return fail(Errc::config_secret, "fal.key is not set");
  }
  if (role != Role::all && config.database_url.starts_with("sqlite:")) {
    return fail(Errc::config_invalid, "--role: a SQLite database admits one process, which must play all roles");
  }
  if (role == Role::web && config.server.listen.empty()) {
    return fail(Errc::config_invalid, "--role web: needs [server] listen");
  }
  const bool webhooks = config.telegram.updates == "webhook" || !config.fal.webhook_url.empty();
  if (role == Role::all && webhooks && config.server.listen.empty()) {
    return fail(Errc::config_invalid, "webhooks come to a listener: set [server] listen, such as 127.0.0.1:8080");
  }
  return {};
}

}  // namespace

Result<void> serve_command(const config::Config& config, Role role) {
  if (auto ready = check_settings(config, role); !ready) {
    return ready;
  }
  asio::io_context loop(1);
  asio::thread_pool files(1);
  metrics::Registry metrics;
  watch_process(metrics);
  auto database = open_database(loop.get_executor(), config, metrics);
  if (!database) {
    return std::unexpected(database.error());
  }
  for (const std::string& migration : database->migrations.applied) {
    log::info("migrated to {}", migration);
  }
  const auto cache = open_cache(loop.get_executor(), config);
  if (!cache) {
    return std::unexpected(cache.error());
  }
  const auto http = http::make_client(loop.get_executor(), proxies_of(config));
  auto blobs = open_blobs(loop.get_executor(), files, *http, config);
  if (!blobs) {
    return std::unexpected(blobs.error());
  }
  if (auto claimed = claim_store_at_start(loop, config, *database->database); !claimed) {
    return claimed;
  }
  const auto imager = start_imager(loop.get_executor(), config);
  SystemClock clock(loop.get_executor());
  SystemRng rng;
  Clients clients{clock,   rng,   *database->database, *cache->cache, *cache->rates, *blobs->store, *imager, *http,
                  metrics, &files};
  auto product = Product::make(loop.get_executor(), config, role, clients);
  if (!product) {
    return std::unexpected(product.error());
  }
  Serve serve(loop, **product);
  const auto styles = catalog::TemplateManager::load(catalog::Source{config.catalog_dir});
  if (!styles) {
    return std::unexpected(styles.error());
  }
  if (blobs->s3 != nullptr) {
    serve.beside(set_up_buckets(loop.get_executor(), *blobs->s3, *database->database, **styles));
  }
  return serve.run();
}

}  // namespace aisha::app
