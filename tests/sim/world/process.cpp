// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/process.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/serve/bot_side.hpp"
#include "app/serve/core.hpp"
#include "app/serve/fal_intake.hpp"
#include "app/serve/job_side.hpp"
#include "app/serve/update_sources.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "tests/sim/world/faulty_database.hpp"
#include "tests/sim/world/sim_http.hpp"
#include "tests/sim/world/sim_imager.hpp"

namespace aisha::sim {
namespace asio = boost::asio;
namespace {

// Read once for all universes; immutable.
const app::Catalogue& catalogue() {
  static const app::Catalogue loaded = app::load_catalogue({}).value();
  return loaded;
}

}  // namespace

/// The product between the universe's edges, put together as `app::Product` does it.
struct Process::Body {
  Body(Universe& u, Owner owner, const Executor& executor)
      : universe(u),
        config(settings_of(u.plan())),
        clock(u.timers, owner),
        rng(u.rng.next()),
        http(u, clock, owner),
        db(u, clock),
        core(executor, config, u.plan().policy, app::Role::all,
             {clock, rng, db, *cache, *rates, u.blobs, imager, http, registry}, catalogue()),
        loops(executor, clock, rng, core.policy) {}

  void start(bool polls);
  Task<void> hear(http::ServerRequest call, std::shared_ptr<bool> accepted);

  Universe& universe;
  config::Config config;
  SimClock clock;
  SeededRng rng;
  SimHttp http;
  FaultyDatabase db;
  std::unique_ptr<cache::Cache> cache = cache::make_memory_cache(clock);
  std::unique_ptr<cache::RateLimiter> rates = cache::make_memory_rate_limiter(clock);
  SimImager imager;
  metrics::Registry registry;

  app::Core core;
  app::BotSide bot{core, config};
  app::JobSide maker{core};
  loops::Loops loops;
  app::Updates updates{core, config, app::Role::all};
  web::Refusals refusals{registry};
  app::FalIntake fal{core, config, universe.clock, refusals};
};

void Process::Body::start(bool polls) {
  core.drive(loops);
  bot.drive(loops);
  maker.drive(loops);
  const auto& state = universe.telegram.state();
  telegram::User me;
  me.id = state.demo_bot;
  me.username = state.bots.at(state.demo_bot).username;
  me.supports_inline_queries = state.bots.at(state.demo_bot).has_inline;
  bot.serve(me);
  loops.start();
  if (polls) {
    asio::co_spawn(core.loop, updates.run(), asio::detached);
  }
}

Task<void> Process::Body::hear(http::ServerRequest call, std::shared_ptr<bool> accepted) {
  const auto answer = co_await fal.hook().take(std::move(call));
  *accepted = answer.status == 200;
}

Process::Process(Universe& universe, Owner owner, bool polls)
    : universe_(universe),
      owner_(owner),
      polls_(polls),
      body_(std::make_unique<Body>(universe, owner, io_.get_executor())) {
  body_->start(polls);
}

Process::~Process() {
  // What waits for time, then what is ready: frames go while the objects they speak of still live.
  universe_.timers.drop(owner_);
  io_.kill();
}

bool Process::step() {
  io_.restart();
  return io_.poll_one() != 0;
}

void Process::hear(http::ServerRequest call, std::shared_ptr<bool> accepted) {
  asio::co_spawn(io_, body_->hear(std::move(call), std::move(accepted)), asio::detached);
}

void Process::set_skew(Millis skew) {
  body_->clock.skew = skew;
}

}  // namespace aisha::sim
