// SPDX-License-Identifier: Apache-2.0
#include "app/serve/product.hpp"

#include <algorithm>
#include <optional>

#include "app/engines/policy_settings.hpp"
#include "app/serve/bot_side.hpp"
#include "app/serve/core.hpp"
#include "app/serve/job_side.hpp"
#include "app/serve/update_sources.hpp"
#include "app/serve/web_side.hpp"
#include "base/log.hpp"
#include "services/upkeep/takeover.hpp"

namespace aisha::app {
namespace {

class WiredProduct final : public Product {
 public:
  WiredProduct(Executor loop, const config::Config& config, Role role, Clients clients, Catalogue catalogue)
      : sole_(config.database_url.starts_with("sqlite:")),
        listen_(config::parse_listen(config.server.listen)),
        catalogue_(std::move(catalogue)),
        core_(std::move(loop), config, policy_of(config), role, clients, catalogue_),
        loops_(core_.loop, clients.clock, clients.rng, core_.policy),
        updates_(core_, config, role),
        web_(core_, config, updates_) {
    core_.drive(loops_);
    if (talks(role)) {
      bot_.emplace(core_, config);
      bot_->drive(loops_);
    }
    if (works(role)) {
      maker_.emplace(core_);
      maker_->drive(loops_);
    }
  }

  Task<Result<void>> run() override {
    if (sole_) {
      co_await services::take_over(core_.context);
    }
    if (listen_) {
      auto opened = web_.open(*listen_);
      if (!opened) {
        co_return opened;
      }
    }
    if (bot_) {
      std::optional<Error> refused = co_await meet_telegram();
      if (refused) {
        co_return std::unexpected(std::move(*refused));
      }
    }
    loops_.start();
    co_await updates_.run();
    co_await drain();
    co_return Result<void>();
  }

  void stop() override {
    stopping_ = true;
    web_.drain();
    updates_.stop();
  }

 private:
  /// File ids belong to one bot, so its id comes first. Telegram being away is waited for: jobs and inbox are rows.
  Task<std::optional<Error>> meet_telegram() {
    Millis pause{200};
    while (!stopping_) {
      auto me = co_await core_.telegram.get_me();
      if (me) {
        bot_->serve(*me);
        log::info("the bot is @{}", me->username.value_or("?"));
        break;
      }
      if (me.error().code == Errc::telegram_unauthorized) {
        co_return Error{Errc::telegram_unauthorized, "telegram.token is refused; ask @BotFather for the current one"};
      }
      log::warn("Telegram does not answer getMe: {}", me.error().description);
      co_await core_.clients.clock.sleep(pause);
      pause = std::min(pause * 2, Millis(5'000));
    }
    co_return std::nullopt;
  }

  /// Running steps end, what was not begun goes back to the table, and the listener says 503 until the very end.
  Task<void> drain() {
    web_.drain();
    const bool still = co_await loops_.stop();
    if (!still) {
      log::warn("some steps did not end in time; their rows are taken up when their leases are over");
    }
    try {
      co_await core_.inbox.release();
    } catch (const std::exception& problem) {
      log::warn("updates wait for the end of their leases: {}", problem.what());
    }
    co_await web_.close();
  }

  bool sole_;  ///< the only process on its database: its lock file says so
  std::optional<config::ListenAddress> listen_;
  Catalogue catalogue_;
  Core core_;
  std::optional<BotSide> bot_;
  std::optional<JobSide> maker_;
  loops::Loops loops_;
  Updates updates_;
  WebSide web_;
  bool stopping_ = false;
};

}  // namespace

Result<std::unique_ptr<Product>> Product::make(Executor loop, const config::Config& config, Role role,
                                               Clients clients) {
  auto catalogue = load_catalogue(config);
  if (!catalogue) {
    return std::unexpected(catalogue.error());
  }
  return std::make_unique<WiredProduct>(std::move(loop), config, role, clients, std::move(*catalogue));
}

}  // namespace aisha::app
