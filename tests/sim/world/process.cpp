// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/process.hpp"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/serve/update_sources.hpp"
#include "base/json.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/dispatch/dispatcher.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "loops/loops.hpp"
#include "providers/fal/answers.hpp"
#include "providers/fal/fal_client.hpp"
#include "services/gallery/uploads.hpp"
#include "services/generations/picture_kind.hpp"
#include "services/inbox/inbox_worker.hpp"
#include "services/jobs/poll_worker.hpp"
#include "services/jobs/reaper.hpp"
#include "services/jobs/result_intake.hpp"
#include "services/jobs/result_worker.hpp"
#include "services/jobs/submit_worker.hpp"
#include "services/outbox/outbox_worker.hpp"
#include "services/upkeep/sweeper.hpp"
#include "telegram/bot_api.hpp"
#include "telegram/bot_token.hpp"
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
  services::ServiceMetrics figures{registry};
  services::Context context{db, clock, rng, universe.plan().policy, signals, figures, *memory, *rates};
  fakes::PlainImager imager;

  providers::fal::FalClient fal{http, fal_options()};
  telegram::BotApi telegram{Secret(sandbox::telegram::WorldOptions{}.demo_token), std::string(kTelegramUrl), http};
  telegram::FloodGate flood;

  services::ProviderState provider_state;
  services::UsualTimes usual_times{context, catalogue().models};
  services::PictureKind pictures{context, {fal, imager, universe.blobs, catalogue().models, usual_times}};
  std::array<services::JobKind*, 1> kinds{&pictures};
  services::ResultIntake intake{context, services::JobKinds(kinds)};
  services::Inbox inbox{context, *telegram::bot_id_of(sandbox::telegram::WorldOptions{}.demo_token)};
  services::People people{context, one_avatar()};
  services::Catalog shelf{*catalogue().templates, catalogue().models};
  services::Generations generations{context, shelf, {pictures, provider_state, usual_times}};
  services::Gallery gallery{context, universe.blobs};
  services::Sheets sheets{context.clock, imager};
  services::Uploads uploads{context};

  bot::ChatOutput line{telegram, flood, clock};
  bot::BotOptions options;
  bot::CatalogView catalog_view{shelf, universe.plan().policy.price};
  bot::BotServices tools{people, generations, gallery, catalog_view, texts(), options, clock};
  bot::PhotoSource photos{sheets, uploads, gallery, clock};
  bot::Presenter presenter{line, photos};
  bot::ChatActions chat_actions{line};
  bot::PromptMessages prompts;
  bot::Dispatcher dispatcher{inbox, tools, presenter, chat_actions, prompts};
  bot::Delivery delivery{line, tools, photos, chat_actions, prompts};

  services::ProviderLink link{fal, provider_state, intake};
  services::InboxWorker taking{context, inbox, dispatcher};
  services::SubmitWorker submitting{context, pictures, fal, provider_state};
  services::PollWorker following{context, pictures, link};
  services::ResultWorker keeping{context, pictures};
  services::OutboxWorker sending{context, delivery, people};
  services::Reaper reaping{context, services::JobKinds(kinds), link};
  services::Sweeper sweeping{context, universe.blobs};
  std::unique_ptr<loops::Loops> jobs;
  std::unique_ptr<telegram::LongPoll> long_poll;
};

void Process::Body::start(Executor executor, bool polls) {
  const services::Policy& policy = universe.plan().policy;
  uploads.serve(universe.telegram.state().demo_bot);
  jobs = std::make_unique<loops::Loops>(executor, clock, rng, policy);
  jobs->drive("updates", taking, signals.inbox, policy.inbox_parallel);
  jobs->drive("submits", submitting, signals.submit, policy.submit_parallel);
  jobs->drive("polls", following, signals.poll, policy.poll_parallel);
  jobs->drive("pictures", keeping, signals.store, policy.store_parallel);
  jobs->drive("outbox", sending, signals.outbox, policy.outbox_parallel);
  jobs->repeat("reaper", reaping, policy.reap_interval);
  jobs->repeat("sweeper", sweeping, policy.sweep_interval);
  jobs->repeat("usual times", usual_times, policy.sweep_interval);
  jobs->start();
  if (polls) {
    asio::co_spawn(executor, poll(), asio::detached);
  }
}

Task<void> Process::Body::poll() {
  const auto sink = [this](std::vector<telegram::RawUpdate> updates) {
    return inbox.store(app::raw_updates(std::move(updates)));
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
  co_await intake.take(std::move(heard));
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
