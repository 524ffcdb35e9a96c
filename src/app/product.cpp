// SPDX-License-Identifier: Apache-2.0
#include "app/product.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>
#include <optional>

#include "app/intake.hpp"
#include "app/policy.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "bot/courier.hpp"
#include "bot/delivery.hpp"
#include "bot/dispatcher.hpp"
#include "bot/flows/scene.hpp"
#include "bot/flows/showcase.hpp"
#include "bot/photo_source.hpp"
#include "bot/presenter.hpp"
#include "bot/setup.hpp"
#include "catalog/model_registry.hpp"
#include "catalog/template_manager.hpp"
#include "jobs/jobs.hpp"
#include "providers/fal/fal_client.hpp"
#include "services/following.hpp"
#include "services/gallery.hpp"
#include "services/generations.hpp"
#include "services/inbox.hpp"
#include "services/keeping.hpp"
#include "services/people.hpp"
#include "services/pictures.hpp"
#include "services/provider_news.hpp"
#include "services/reaping.hpp"
#include "services/sending.hpp"
#include "services/submitting.hpp"
#include "services/sweeping.hpp"
#include "services/takeover.hpp"
#include "services/taking.hpp"
#include "services/usual_times.hpp"
#include "telegram/client.hpp"
#include "telegram/flood.hpp"
#include "telegram/long_poll.hpp"
#include "texts/texts.hpp"

namespace aisha::app {
namespace {

namespace asio = boost::asio;

struct Catalogue {
  std::unique_ptr<catalog::TemplateManager> templates;
  catalog::ModelRegistry models;
};

Result<Catalogue> load_catalogue(const config::Config& config) {
  const catalog::Source source{config.catalog_dir};
  auto templates = catalog::TemplateManager::load(source);
  if (!templates) {
    return std::unexpected(templates.error());
  }
  auto models = catalog::ModelRegistry::load(source);
  if (!models) {
    return std::unexpected(models.error());
  }
  return Catalogue{std::move(*templates), std::move(*models)};
}

bot::BotOptions bot_options_of(const config::Config& config, const services::Policy& policy) {
  bot::BotOptions options;
  options.support = config.operator_contact;
  options.max_active = policy.max_active;
  return options;
}

telegram::LongPollOptions poll_options_of(const config::Config& config) {
  telegram::LongPollOptions options;
  options.timeout_s = config.telegram.poll_timeout_s;
  return options;
}

/// Members stand in the order in which they are made: each uses only those above it.
class WiredProduct final : public Product {
 public:
  WiredProduct(Executor loop, const config::Config& config, Outside outside, Catalogue catalogue)
      : loop_(loop),
        sole_(config.database_url.starts_with("sqlite:")),
        clock_(loop),
        policy_(policy_of(config)),
        catalogue_(std::move(catalogue)),
        signals_(loop),
        ground_{outside.database, clock_, rng_, policy_, signals_},
        inbox_(ground_),
        people_(ground_, demo_avatars_of(config)),
        generations_(ground_, catalog_view(), gate_),
        gallery_(ground_, outside.blobs),
        pictures_(ground_, outside.imager),
        provider_(outside.http, fal_options_of(config)),
        news_(ground_),
        telegram_(config.telegram.token, config.telegram.api_root, outside.http),
        line_{telegram_, flood_, clock_},
        options_(bot_options_of(config, policy_)),
        showcase_(catalog_view(), policy_.price),
        tools_{people_, generations_, gallery_, showcase_, library_, options_, clock_},
        photos_(pictures_, gallery_, clock_),
        presenter_(line_, photos_),
        courier_(line_),
        dispatcher_(inbox_, tools_, presenter_, courier_, prompts_),
        delivery_(line_, tools_, photos_, courier_, prompts_),
        taking_(inbox_, dispatcher_),
        submitting_(ground_, provider_, gate_),
        following_(ground_, side()),
        keeping_(ground_, side(), services::PictureSide{outside.imager, outside.blobs}),
        sending_(ground_, delivery_, people_),
        reaping_(ground_, side()),
        sweeping_(ground_, outside.blobs),
        jobs_(loop, clock_, policy_),
        long_poll_(
            telegram_, clock_, rng_,
            [this](std::vector<telegram::RawUpdate> updates) { return inbox_.store(intake(std::move(updates))); },
            poll_options_of(config)) {
    jobs_.drive("inbox", taking_, signals_.inbox, policy_.inbox_parallel);
    jobs_.drive("submit", submitting_, signals_.submit, policy_.submit_parallel);
    jobs_.drive("poll", following_, signals_.poll, policy_.poll_parallel);
    jobs_.drive("store", keeping_, signals_.store, policy_.store_parallel);
    jobs_.drive("outbox", sending_, signals_.outbox, policy_.outbox_parallel);
    jobs_.repeat("reaper", reaping_, policy_.reap_interval);
    jobs_.repeat("sweeper", sweeping_, policy_.sweep_interval);
  }

  Task<Result<void>> run() override {
    std::optional<Error> refused = co_await meet_telegram();
    if (refused) {
      co_return std::unexpected(std::move(*refused));
    }
    if (sole_) {
      co_await services::take_over(ground_);
    }
    co_await services::recall_usual_times(ground_, gate_);
    jobs_.start();
    asio::co_spawn(loop_, introduce(), [](std::exception_ptr) {});
    Error end = co_await listen();
    const bool still = co_await jobs_.stop();
    if (!still) {
      log::warn("some steps did not end in time; their rows are taken up at the next start");
    }
    if (end.code == Errc::telegram_unauthorized) {
      co_return std::unexpected(std::move(end));
    }
    co_return Result<void>();
  }

  void stop() override {
    stopping_ = true;
    stop_listening_.emit(asio::cancellation_type::all);
  }

 private:
  services::Catalog catalog_view() const { return {*catalogue_.templates, catalogue_.models}; }
  services::ProviderSide side() { return {provider_, gate_, news_, catalogue_.models}; }

  /// File ids belong to one bot, so its id comes first. Telegram being away is waited for: jobs and inbox are rows.
  Task<std::optional<Error>> meet_telegram() {
    Millis pause{200};
    while (!stopping_) {
      auto me = co_await telegram_.get_me();
      if (me) {
        pictures_.serve(me->id);
        log::info("the bot is @{}", me->username.value_or("?"));
        break;
      }
      if (me.error().code == Errc::telegram_unauthorized) {
        co_return Error{Errc::telegram_unauthorized, "telegram.token is refused; ask @BotFather for the current one"};
      }
      log::warn("Telegram does not answer getMe: {}", me.error().description);
      co_await clock_.sleep(pause);
      pause = std::min(pause * 2, Millis(5'000));
    }
    co_return std::nullopt;
  }

  /// Name, descriptions and commands, only when they changed: Telegram limits how often a bot may be renamed.
  Task<void> introduce() {
    const std::string fingerprint = bot::introduction_fingerprint(library_);
    const auto known = co_await pictures_.file_id("introduction");
    if (known == fingerprint) {
      co_return;
    }
    const auto said = co_await bot::introduce(telegram_, library_);
    if (said) {
      co_await pictures_.remember("introduction", fingerprint);
    } else {
      log::warn("the bot's name and commands were refused: {}", said.error().description);
    }
  }

  /// Until `stop` or until the token is void.
  Task<Error> listen() {
    Error end{Errc::unavailable, "stopped"};
    if (stopping_) {
      co_return end;
    }
    try {
      auto polling = asio::co_spawn(loop_, long_poll_.run(),
                                    asio::bind_cancellation_slot(stop_listening_.slot(), asio::use_awaitable));
      end = co_await std::move(polling);
    } catch (const boost::system::system_error& cancelled) {
      if (!stopping_) {
        throw;
      }
    }
    co_return end;
  }

  Executor loop_;
  bool sole_;  ///< the only process on its database: its lock file says so
  SystemClock clock_;
  SystemRng rng_;
  services::Policy policy_;
  Catalogue catalogue_;
  texts::Library library_;
  services::Signals signals_;
  services::Ground ground_;
  services::ProviderGate gate_;
  services::Inbox inbox_;
  services::People people_;
  services::Generations generations_;
  services::Gallery gallery_;
  services::Pictures pictures_;
  providers::fal::FalClient provider_;
  services::ProviderNews news_;

  telegram::FloodGate flood_;
  telegram::Client telegram_;
  bot::Line line_;
  bot::BotOptions options_;
  bot::Showcase showcase_;
  bot::Tools tools_;
  bot::PhotoSource photos_;
  bot::Presenter presenter_;
  bot::PromptMessages prompts_;
  bot::Courier courier_;
  bot::Dispatcher dispatcher_;
  bot::Delivery delivery_;

  services::Taking taking_;
  services::Submitting submitting_;
  services::Following following_;
  services::Keeping keeping_;
  services::Sending sending_;
  services::Reaping reaping_;
  services::Sweeping sweeping_;
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
