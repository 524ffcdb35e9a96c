// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/universe.hpp"

#include <stdexcept>

#include "app/engines/policy_settings.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/fakes/run_task.hpp"

namespace aisha::sim {
namespace {

std::unique_ptr<sql::Database> memory_database(const Clock& clock, Executor loop) {
  sql::sqlite::Options options;
  options.path = ":memory:";
  options.inline_mode = true;
  options.clock = &clock;
  auto opened = sql::sqlite::open(std::move(options), std::move(loop));
  if (!opened) {
    throw std::runtime_error(opened.error().detail);
  }
  return std::move(opened->database);
}

sandbox::telegram::WorldOptions telegram_options(const Plan& plan) {
  sandbox::telegram::WorldOptions out;
  out.seed = plan.seed;
  return out;
}

sandbox::fal::Settings fal_settings(const Plan& plan) {
  sandbox::fal::Settings out;
  out.concurrency = 8;
  out.run_ms = plan.run_ms;
  out.webhook = plan.webhooks ? sandbox::fal::WebhookMode::twice : sandbox::fal::WebhookMode::lost;
  return out;
}

}  // namespace

config::Config settings_of(const Plan& plan) {
  config::Config out;
  out.telegram.token = Secret(sandbox::telegram::WorldOptions{}.demo_token);
  out.telegram.api_root = kTelegramUrl;
  out.fal.key = Secret("test:secret");
  out.fal.queue_url = kFalUrl;
  out.fal.rest_url = kFalUrl;
  out.fal.file_origins = {std::string(kFilesUrl)};
  out.fal.webhook_url = plan.webhooks ? kWebhookUrl : std::string_view();
  out.money.starting_grant = 60;
  out.timing.job_deadline = Millis(240'000);
  out.timing.unconfirmed_wait = plan.webhooks ? Millis(60'000) : Millis(0);
  config::DemoAvatar avatar;
  avatar.name = "Aisha";
  avatar.lora_url = "http://files.sim/demo.safetensors";
  avatar.trigger = "TOK";
  out.demo_avatars = {avatar};
  return out;
}

services::Policy policy_of(const Plan& plan) {
  services::Policy out = app::policy_of(settings_of(plan));
  // Virtual time is cheap, turns of a loop are not.
  out.idle_poll = Millis(2'000);
  out.reap_interval = Millis(2'000);
  // People make few pictures: a clear of them goes by steps all the same, and a short-lived trash is emptied.
  out.clear_step = 1 + static_cast<std::int64_t>(plan.seed % 3);
  out.export_part = 1'500;
  out.trash_days = plan.seed % 4 == 0 ? 0 : out.trash_days;
  return out;
}

Plan plan_of(std::uint64_t seed) {
  SeededRng rng(seed * 0x9E37'79B9'7F4A'7C15ULL + 1);
  // Swarm: each kind of trouble is absent, rare or frequent, independently of the others.
  const auto rate = [&rng](std::uint64_t most) {
    const std::uint64_t kind = rng.below(3);
    return kind == 0 ? 0 : kind == 1 ? rng.below(most / 4 + 1) : rng.below(most + 1);
  };
  Plan out;
  out.seed = seed;
  out.webhooks = rng.below(2) == 0;
  out.zombies = rng.below(2) == 0;
  out.outages = rng.below(2) == 0;
  out.people = 3 + static_cast<int>(rng.below(4));
  out.actions = 8 + static_cast<int>(rng.below(10));
  out.leaving = seed % 5 == 0 ? 30 : 0;
  Rates& r = out.rates;
  r.refused = rate(100);
  r.answer_lost = rate(150);
  r.request_lost = rate(60);
  r.server_error = rate(100);
  r.flood = rate(80);
  r.commit_lost = rate(40);
  r.commit_unknown = rate(40);
  r.crash_at_port = rate(15);
  r.bad_outcome = rate(400);
  r.duplicate = rate(300);
  r.bad_picture = rate(300);
  out.policy = policy_of(out);
  return out;
}

Universe::Universe(const Plan& plan)
    : rng(plan.seed),
      fal_rng(plan.seed + 1),
      db(memory_database(clock, io.get_executor())),
      telegram(telegram_options(plan), [this] { return now_ms(); }),
      fal(fal_settings(plan), fal_rng),
      plan_(plan) {
  // As a start does.
  stores::UnitOfWork unit(*db, rng);
  const Uuid database = fakes::run_task(io, stores::identity::load(unit));
  const auto claimed = fakes::run_task(io, services::claim_bucket(blobs, database));
  if (!claimed) {
    throw std::runtime_error(claimed.error().detail);
  }
}

// What sleeps outside the processes ends while its executor is still there.
Universe::~Universe() {
  timers.drop(0);
  io.kill();
}

bool Universe::strikes(std::uint64_t per_mille) {
  return faults_on && per_mille > 0 && rng.below(1000) < per_mille;
}

Millis Universe::between(std::int64_t least, std::int64_t most) {
  return Millis(least + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(most - least + 1))));
}

void Universe::trace(std::string_view what, std::uint64_t value) {
  const auto mix = [this](std::uint64_t x) {
    hash ^= x;
    hash *= 1099511628211ULL;
  };
  for (const char c : what) {
    mix(static_cast<unsigned char>(c));
  }
  mix(value);
  mix(static_cast<std::uint64_t>(now_ms()));
}

void Universe::violation(std::string text) {
  if (violations.size() < 20) {
    violations.push_back(std::move(text));
  }
}

}  // namespace aisha::sim
