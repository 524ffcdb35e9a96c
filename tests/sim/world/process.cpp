// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/process.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/intake.hpp"
#include "base/json.hpp"
#include "bot/delivery.hpp"
#include "bot/dispatcher.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "jobs/jobs.hpp"
#include "providers/fal/answers.hpp"
#include "providers/fal/fal_client.hpp"
#include "services/keeping.hpp"
#include "services/pictures.hpp"
#include "services/reaping.hpp"
#include "services/sending.hpp"
#include "services/submitting.hpp"
#include "services/sweeping.hpp"
#include "services/taking.hpp"
#include "telegram/client.hpp"
#include "telegram/long_poll.hpp"
#include "tests/fakes/plain_imager.hpp"
#include "tests/sim/world/faulty_database.hpp"
#include "tests/sim/world/sim_http.hpp"

namespace aisha::sim {
namespace asio = boost::asio;
namespace {

providers::fal::Options fal_options() {
  providers::fal::Options out;
  out.key = Secret("test:secret");
  out.queue_url = kFalUrl;
  out.rest_url = kFalUrl;
  out.file_origins = {std::string(kFilesUrl)};
  return out;
}

const texts::Library& texts() {
  static const texts::Library loaded;
  return loaded;
}

std::vector<services::DemoAvatar> one_avatar() {
  services::DemoAvatar out;
  out.name = "Aisha";
  out.lora_url = "http://files.sim/demo.safetensors";
  out.trigger_word = "TOK";
  return {out};
}

}  // namespace

const Catalogue& catalogue() {
  static const Catalogue loaded{catalog::TemplateManager::load({}).value(), catalog::ModelRegistry::load({}).value()};
  return loaded;
}

struct Process::Body {
  Body(Universe& u, Owner owner, Executor executor)
      : universe(u),
        clock(u.timers, owner),
        rng(u.rng.next()),
        http(u, clock, owner),
        db(u, clock),
        signals(executor) {}

  Task<void> poll();
  Task<void> hear(std::string token, std::string body, std::shared_ptr<bool> accepted);
  void start(Executor executor, bool polls);

  Universe& universe;
  SimClock clock;
  SeededRng rng;
  SimHttp http;
  FaultyDatabase db;
  services::Signals signals;
  std::unique_ptr<cache::Cache> memory = cache::make_memory_cache(clock);
  std::unique_ptr<cache::RateLimiter> rates = cache::make_memory_rate_limiter(clock);
  metrics::Registry registry;
  services::Figures figures{registry};
  services::Ground ground{db, clock, rng, universe.plan().policy, signals, figures, *memory, *rates};
  fakes::PlainImager imager;

  providers::fal::FalClient fal{http, fal_options()};
  telegram::Client telegram{Secret(sandbox::telegram::WorldOptions{}.demo_token), std::string(kTelegramUrl), http};
  telegram::FloodGate flood;

  services::ProviderGate gate;
  services::ProviderNews news{ground};
  services::Inbox inbox{ground};
  services::People people{ground, one_avatar()};
  services::Catalog shelf{*catalogue().templates, catalogue().models};
  services::Generations generations{ground, shelf, gate};
  services::Gallery gallery{ground, universe.blobs};
  services::Pictures pictures{ground, imager};

  bot::Line line{telegram, flood, clock};
  bot::BotOptions options;
  bot::Showcase showcase{shelf, universe.plan().policy.price};
  bot::Tools tools{people, generations, gallery, showcase, texts(), options, clock};
  bot::PhotoSource photos{pictures, gallery, clock};
  bot::Presenter presenter{line, photos};
  bot::Courier courier{line};
  bot::PromptMessages prompts;
  bot::Dispatcher dispatcher{inbox, tools, presenter, courier, prompts};
  bot::Delivery delivery{line, tools, photos, courier, prompts};

  services::ProviderSide side{fal, gate, news, catalogue().models};
  services::Taking taking{ground, inbox, dispatcher};
  services::Submitting submitting{ground, fal, gate};
  services::Following following{ground, side};
  services::Keeping keeping{ground, side, {imager, universe.blobs}};
  services::Sending sending{ground, delivery, people};
  services::Reaping reaping{ground, side};
  services::Sweeping sweeping{ground, universe.blobs};
  std::unique_ptr<jobs::Jobs> jobs;
  std::unique_ptr<telegram::LongPoll> long_poll;
};

void Process::Body::start(Executor executor, bool polls) {
  const services::Policy& policy = universe.plan().policy;
  pictures.serve(universe.telegram.state().demo_bot);
  jobs = std::make_unique<jobs::Jobs>(executor, clock, rng, policy);
  jobs->drive("updates", taking, signals.inbox, policy.inbox_parallel);
  jobs->drive("submits", submitting, signals.submit, policy.submit_parallel);
  jobs->drive("polls", following, signals.poll, policy.poll_parallel);
  jobs->drive("pictures", keeping, signals.store, policy.store_parallel);
  jobs->drive("outbox", sending, signals.outbox, policy.outbox_parallel);
  jobs->repeat("reaper", reaping, policy.reap_interval);
  jobs->repeat("sweeper", sweeping, policy.sweep_interval);
  jobs->start();
  if (polls) {
    asio::co_spawn(executor, poll(), asio::detached);
  }
}

Task<void> Process::Body::poll() {
  const auto sink = [this](std::vector<telegram::RawUpdate> updates) {
    return inbox.store(app::intake(std::move(updates)));
  };
  long_poll = std::make_unique<telegram::LongPoll>(telegram, clock, rng, sink, telegram::LongPollOptions{});
  const Error ended = co_await long_poll->run();
  universe.violation("the long poll ended: " + ended.detail);
}

Task<void> Process::Body::hear(std::string token, std::string body, std::shared_ptr<bool> accepted) {
  const auto parsed = json::parse(body);
  const json::Object& object = parsed->get_object();
  http::Response answer;
  answer.status = object.at("status") == "OK" ? 200 : 422;
  answer.body = json::serialize(object.at("payload"));
  services::News heard;
  heard.request_id = std::string(object.at("request_id").get_string());
  heard.token = std::move(token);
  providers::OutputShape shape;
  heard.result = providers::fal::read_result(answer, shape);
  if (answer.status != 200) {
    heard.result = std::unexpected(providers::fal::result_error(answer));
  }
  co_await news.take(std::move(heard));
  *accepted = true;
}

Process::Process(Universe& universe, Owner owner, bool polls)
    : universe_(universe),
      owner_(owner),
      polls_(polls),
      body_(std::make_unique<Body>(universe, owner, io_.get_executor())) {
  body_->start(io_.get_executor(), polls);
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

void Process::hear(std::string token, std::string body, std::shared_ptr<bool> accepted) {
  asio::co_spawn(io_, body_->hear(std::move(token), std::move(body), std::move(accepted)),
                 [](const std::exception_ptr&) {});
}

void Process::set_skew(Millis skew) {
  body_->clock.skew = skew;
}

}  // namespace aisha::sim
