// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "catalog/models/model_manager.hpp"
#include "catalog/prompts/ideas.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/favourites/kept_styles.hpp"
#include "services/gallery/gallery.hpp"
#include "services/generations/model_switch.hpp"
#include "services/generations/picture_kind.hpp"
#include "services/generations/request.hpp"
#include "services/generations/usual_times.hpp"
#include "services/inbox/inbox.hpp"
#include "services/jobs/poll_worker.hpp"
#include "services/jobs/reaper.hpp"
#include "services/jobs/result_intake.hpp"
#include "services/jobs/result_worker.hpp"
#include "services/jobs/submit_worker.hpp"
#include "services/outbox/outbox_worker.hpp"
#include "services/people/avatar_care.hpp"
#include "services/people/people.hpp"
#include "services/preparing/handover.hpp"
#include "services/preparing/prepare_worker.hpp"
#include "services/privacy/erasing.hpp"
#include "services/privacy/erasure_receipt.hpp"
#include "services/prompts/appealing.hpp"
#include "services/prompts/rewriting.hpp"
#include "services/search/picture_search.hpp"
#include "services/tastes/tastes.hpp"
#include "services/upkeep/sweeper.hpp"
#include "services/variations/batch_orders.hpp"
#include "services/variations/variations.hpp"
#include "sql/database.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/fakes/memory_blobs.hpp"
#include "tests/fakes/plain_imager.hpp"
#include "tests/fakes/recording_database.hpp"
#include "tests/fakes/scripted_payloads.hpp"
#include "tests/fakes/scripted_provider.hpp"
#include "tests/fakes/scripted_sender.hpp"
#include "tests/fakes/scripted_writer.hpp"

namespace aisha::fakes {

/// The services over a real SQLite in memory, with scripted ports and a clock that only the test moves.
class ServiceWorld {
 public:
  static constexpr std::int64_t kChat = 1001;
  static constexpr std::int64_t kBot = 7;

  ServiceWorld();

  template <class T>
  T run(Task<T> task) {
    return loop.run(std::move(task));
  }

  /// A fresh update of the person, claimed and opened.
  services::UpdateTurn open(std::int64_t person = kChat);
  /// Asks for a picture under the chat's card.
  Result<services::AcceptedOrder> request(services::UpdateTurn& turn, services::GenerationOrder order, std::string key);
  /// Makes the person known: first update, committed.
  void meet(std::int64_t person = kChat);
  /// A tap on a style under a key of its own, committed.
  services::AcceptedOrder tap(std::int64_t person = kChat);
  services::AcceptedOrder tap(std::int64_t person, services::GenerationOrder order);
  /// The order of such a tap.
  services::GenerationOrder order() const;

  /// Claims what is due of these steps, at most so many, and runs it to the end; how many there were.
  int step(services::Worker& steps, int limit = 100);
  /// One round of the reaper.
  void reap();
  /// Everything that is due, again and again, until nothing is.
  void settle();

  domain::Job job(const Uuid& id);
  domain::Picture picture(const Uuid& id);
  std::int64_t free_coins(std::int64_t person = kChat);
  /// Broken invariants of the ledger and the tables, each as a sentence.
  std::vector<std::string> broken_invariants();
  /// What the sender was told about, in order.
  std::vector<services::Meaning> told() const;
  std::int64_t number(sql::Text query);

  Loop loop;
  ManualClock clock;
  SeededRng rng{1};
  std::unique_ptr<sql::Database> db;
  RecordingDatabase asked{*db};  ///< what the services want of it
  services::Policy policy;
  services::Signals signals{loop.executor()};
  std::unique_ptr<cache::Cache> cache = cache::make_memory_cache(clock);
  std::unique_ptr<cache::RateLimiter> rates = cache::make_memory_rate_limiter(clock);
  metrics::Registry registry;
  services::ServiceMetrics figures{registry};
  services::Context context;
  std::unique_ptr<catalog::TemplateManager> templates;
  std::unique_ptr<catalog::ModelManager> all_models;
  catalog::ModelManager& models;
  catalog::Ideas ideas = catalog::Ideas::load({}).value();

  ScriptedProvider provider;
  MemoryBlobs blobs;
  PlainImager imager;
  ScriptedSender sender;

  services::ProviderState provider_state{context};
  services::UsualTimes usual_times{context, models};
  services::ModelSwitch model_switch{context, models};
  services::Handover handover{context, provider, blobs};
  services::PictureKind pictures{context, {provider, imager, blobs, models, usual_times, model_switch, handover}};
  std::array<services::JobKind*, 1> kinds{&pictures};
  services::ResultIntake intake{context, services::JobKinds(kinds)};
  services::Inbox inbox{context, kBot};
  services::People people;
  services::PromptGate gate;
  services::Generations generations;
  services::Variations variations{context, {*templates, models}, generations};
  services::BatchOrders batches{context, pictures, variations};
  services::Appeals appeals{context, gate};
  services::Gallery gallery{context, blobs};
  services::PictureSearch picture_search{context, *templates};
  services::KeptStyles kept_styles{context};
  services::Tastes tastes{context, *templates};
  services::AvatarCare avatars{context};
  services::ErasureReceipts receipts{context};
  ScriptedPayloads payloads;
  services::PersonMarks marks{Secret("7:token")};
  services::Erasing erasing{context, {blobs, payloads, std::chrono::days(90), marks}};
  services::ProviderLink link{provider, provider_state, intake};
  ScriptedWriter writer;
  services::Rewriter rewriter{context, writer, gate, models};
  services::PrepareWorker prepare_worker{context, pictures, {handover, rewriter, provider_state}};
  services::SubmitWorker submit_worker{context, pictures, provider, provider_state};
  services::PollWorker poll_worker{context, pictures, link};
  services::ResultWorker result_worker{context, pictures};
  services::Reaper reaper{context, services::JobKinds(kinds), link};
  services::OutboxWorker outbox_worker{context, sender, people};
  services::Sweeper sweeper{context, blobs};

 private:
  std::int64_t next_update_ = 1;
  std::int64_t next_key_ = 1;
};

}  // namespace aisha::fakes
