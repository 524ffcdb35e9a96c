// SPDX-License-Identifier: Apache-2.0
#include "tests/fakes/service_world.hpp"

#include <stdexcept>

#include "catalog/prompts/moderation_parser.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/actor_row.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/upkeep/audit.hpp"

namespace aisha::fakes {
namespace {

std::unique_ptr<sql::Database> memory_database(Clock& clock, Executor loop) {
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

std::vector<services::DemoAvatar> one_avatar() {
  services::DemoAvatar out;
  out.name = "Aisha";
  out.gender = "female";
  out.lora_url = "https://v3.fal.media/files/demo.safetensors";
  out.trigger_word = "TOK";
  return {out};
}

/// Read once: tests make thousands of worlds.
domain::moderation::Gate shipped_rules() {
  static const domain::moderation::Gate rules = catalog::read_moderation({}).value();
  return rules;
}

}  // namespace

ServiceWorld::ServiceWorld()
    : db(memory_database(clock, loop.executor())),
      context{asked, clock, rng, policy, signals, figures, *cache, *rates},
      templates(catalog::TemplateManager::load({}).value()),
      all_models(catalog::ModelManager::load({}).value()),
      models(*all_models),
      people(context, one_avatar(), services::PersonMarks(Secret("7:token"))),
      gate(shipped_rules()),
      generations(context, {*templates, models}, {pictures, provider_state, usual_times, gate}) {}

services::UpdateTurn ServiceWorld::open(std::int64_t person) {
  services::RawUpdate raw;
  raw.key = next_update_++;
  raw.lane = person;
  raw.kind = "message";
  raw.body = "{}";
  run(inbox.store({std::move(raw)}));
  auto claimed = run(inbox.claim(1));
  services::TelegramFacts facts;
  facts.telegram_id = person;
  facts.chat_id = person;
  facts.first_name = "Ann";
  facts.language_code = "ru";
  return run(inbox.open(people, std::move(claimed.at(0)), std::move(facts)));
}

Result<services::AcceptedOrder> ServiceWorld::request(services::UpdateTurn& turn, services::GenerationOrder order,
                                                      std::string key) {
  order.key = std::move(key);
  const services::Place under_the_card{turn.chat(), turn.chat().row.card_message_id};
  return run(generations.request(turn.actor(), std::move(order), under_the_card));
}

void ServiceWorld::meet(std::int64_t person) {
  auto turn = open(person);
  run(turn.commit()).value();
}

services::GenerationOrder ServiceWorld::order() const {
  services::GenerationOrder out;
  out.template_id = templates->quick_looks({}).at(0)->id;
  return out;
}

services::AcceptedOrder ServiceWorld::tap(std::int64_t person) {
  return tap(person, order());
}

services::AcceptedOrder ServiceWorld::tap(std::int64_t person, services::GenerationOrder order) {
  auto turn = open(person);
  turn.chat().row.card_message_id = 500 + next_key_;
  const std::string key = services::tap_key(person, turn.chat().row.card_message_id, next_key_++);
  const auto accepted = request(turn, std::move(order), key);
  if (!accepted) {
    throw std::runtime_error(std::string(code_of(accepted.error().code)) + " " + accepted.error().detail);
  }
  run(turn.commit()).value();
  return *accepted;
}

int ServiceWorld::step(services::Worker& steps, int limit) {
  auto claimed = run(steps.claim(limit));
  for (Task<void>& one : claimed) {
    run(std::move(one));
  }
  return static_cast<int>(claimed.size());
}

void ServiceWorld::reap() {
  run(reaper.run());
}

void ServiceWorld::settle() {
  // Longer than any pause between two steps.
  constexpr int kQuietRounds = 40;
  for (int quiet = 0; quiet < kQuietRounds; ++quiet) {
    const int moved =
        step(prepare_worker) + step(submit_worker) + step(result_worker) + step(outbox_worker) + step(poll_worker);
    reap();
    clock.advance(Millis(1'000));
    quiet = moved > 0 ? 0 : quiet;
  }
}

domain::Job ServiceWorld::job(const Uuid& id) {
  stores::UnitOfWork unit(*db, rng);
  return run(stores::jobs::load(unit, id)).value();
}

domain::Picture ServiceWorld::picture(const Uuid& id) {
  stores::UnitOfWork unit(*db, rng);
  return run(stores::requests::load(unit, id)).value();
}

std::int64_t ServiceWorld::free_coins(std::int64_t person) {
  stores::UnitOfWork unit(*db, rng);
  return run(stores::actor_row::find(unit, person, person)).value().available.value();
}

std::vector<std::string> ServiceWorld::broken_invariants() {
  stores::UnitOfWork unit(*db, rng);
  stores::audit::Rules rules;
  rules.kept_for = policy.retention;
  return run(stores::audit::violations(unit, rules));
}

std::vector<services::Meaning> ServiceWorld::told() const {
  std::vector<services::Meaning> out;
  for (const services::OutboxMessage& item : sender.told) {
    out.push_back(item.meaning);
  }
  return out;
}

std::int64_t ServiceWorld::number(sql::Text query) {
  return run(db->read(sql::Statement(query)))[0].i64(0);
}

}  // namespace aisha::fakes
