// SPDX-License-Identifier: Apache-2.0
#include "app/product.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>
#include <optional>

#include "app/bot_side.hpp"
#include "app/core.hpp"
#include "app/intake.hpp"
#include "app/job_side.hpp"
#include "base/log.hpp"
#include "services/takeover.hpp"
#include "services/usual_times.hpp"
#include "telegram/long_poll.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;

constexpr Millis kRefusedPause{5'000};

telegram::LongPollOptions poll_options_of(const config::Config& config) {
  telegram::LongPollOptions options;
  options.timeout_s = config.telegram.poll_timeout_s;
  return options;
}

class WiredProduct final : public Product {
 public:
  WiredProduct(Executor loop, const config::Config& config, Outside outside, Catalogue catalogue)
      : sole_(config.database_url.starts_with("sqlite:")),
        core_(std::move(loop), config, outside, std::move(catalogue)),
        bot_(core_, config),
        jobs_side_(core_),
        jobs_(core_.loop, core_.clock, core_.policy),
        long_poll_(
            core_.telegram, core_.clock, core_.rng,
            [this](std::vector<telegram::RawUpdate> updates) { return core_.inbox.store(intake(std::move(updates))); },
            poll_options_of(config)) {
    bot_.drive(jobs_);
    jobs_side_.drive(jobs_);
  }

  Task<Result<void>> run() override {
    std::optional<Error> refused = co_await meet_telegram();
    if (refused) {
      co_return std::unexpected(std::move(*refused));
    }
    if (sole_) {
      co_await services::take_over(core_.ground);
    }
    co_await services::recall_usual_times(core_.ground, core_.gate);
    jobs_.start();
    asio::co_spawn(core_.loop, bot_.introduce(), [](std::exception_ptr) {});
    co_await listen();
    const bool still = co_await jobs_.stop();
    if (!still) {
      log::warn("some steps did not end in time; their rows are taken up at the next start");
    }
    co_return Result<void>();
  }

  void stop() override {
    stopping_ = true;
    stop_listening_.emit(asio::cancellation_type::all);
  }

 private:
  /// File ids belong to one bot, so its id comes first. Telegram being away is waited for: jobs and inbox are rows.
  Task<std::optional<Error>> meet_telegram() {
    Millis pause{200};
    while (!stopping_) {
      auto me = co_await core_.telegram.get_me();
      if (me) {
        bot_.serve(me->id);
        log::info("the bot is @{}", me->username.value_or("?"));
        break;
      }
      if (me.error().code == Errc::telegram_unauthorized) {
        co_return Error{Errc::telegram_unauthorized, "telegram.token is refused; ask @BotFather for the current one"};
      }
      log::warn("Telegram does not answer getMe: {}", me.error().description);
      co_await core_.clock.sleep(pause);
      pause = std::min(pause * 2, Millis(5'000));
    }
    co_return std::nullopt;
  }

  /// Until cancelled. A token that was good at the start is asked with again: what is paid for goes on being made and
  /// kept meanwhile, and goes out when Telegram takes the token once more.
  Task<void> poll() {
    for (;;) {
      co_await long_poll_.run();
      log::error("Telegram refuses the bot's token; ask @BotFather for the current one");
      co_await core_.clock.sleep(kRefusedPause);
    }
  }

  /// Until `stop`.
  Task<void> listen() {
    if (stopping_) {
      co_return;
    }
    try {
      auto polling =
          asio::co_spawn(core_.loop, poll(), asio::bind_cancellation_slot(stop_listening_.slot(), asio::use_awaitable));
      co_await std::move(polling);
    } catch (const boost::system::system_error& cancelled) {
      if (!stopping_) {
        throw;
      }
    }
  }

  bool sole_;  ///< the only process on its database: its lock file says so
  Core core_;
  BotSide bot_;
  JobSide jobs_side_;
  jobs::Jobs jobs_;
  telegram::LongPoll long_poll_;
  asio::cancellation_signal stop_listening_;
  bool stopping_ = false;
};

}  // namespace

Result<std::unique_ptr<Product>> Product::make(Executor loop, const config::Config& config, Outside outside) {
  auto catalogue = load_catalogue(config);
  if (!catalogue) {
    return std::unexpected(catalogue.error());
  }
  return std::make_unique<WiredProduct>(std::move(loop), config, outside, std::move(*catalogue));
}

}  // namespace aisha::app
