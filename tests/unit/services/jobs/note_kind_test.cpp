// SPDX-License-Identifier: Apache-2.0
// Jobs of another kind than pictures, through every worker: services/jobs drives what it does not know.
#include "tests/fakes/note_kind.hpp"

#include <gtest/gtest.h>

#include "stores/jobs/jobs.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/people/actor_row.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kPrice = 5;

class NoteJobs : public testing::Test {
 protected:
  NoteJobs() {
    world_.meet();
    job_ = order();
  }

  Uuid order() {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    domain::Job job;
    job.id = Uuid::v7(unit.now(), world_.rng);
    job.kind = kind_.name();
    job.user_id = world_.run(stores::actor_row::find(unit, fakes::ServiceWorld::kChat, fakes::ServiceWorld::kChat))
                      .value()
                      .user.id;
    job.chat_id = fakes::ServiceWorld::kChat;
    job.model = "notes/writer";
    job.input = "{}";
    job.price = kPrice;
    job.deadline_at = unit.now() + world_.policy.deadline;
    stores::jobs::create(unit, job);
    stores::ledger::hold(unit, job.user_id, job.id, job.price);
    world_.run(unit.commit()).value();
    return job.id;
  }
  void ask_to_cancel() {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    stores::jobs::request_cancel(unit, job_, world_.job(job_).user_id);
    world_.run(unit.commit()).value();
  }
  void reap() { world_.run(reaper_.run()); }
  void run_to_storing() {
    ASSERT_EQ(world_.step(submits_), 1);
    world_.clock.advance(world_.policy.poll_last);
    ASSERT_EQ(world_.step(polls_), 1);
    ASSERT_EQ(state(), domain::JobState::storing);
  }
  domain::JobState state() { return world_.job(job_).state; }

  void expect_end(domain::JobState end, Errc why) {
    EXPECT_EQ(state(), end);
    EXPECT_EQ(world_.job(job_).error_code, code_of(why));
    EXPECT_EQ(book_.closed.at(job_), why);
    EXPECT_TRUE(book_.notes.empty());
    EXPECT_EQ(world_.free_coins(), world_.policy.starting_grant);
    EXPECT_EQ(world_.number("SELECT count(*) FROM outbox"), 1) << "its end is told";
    EXPECT_EQ(world_.broken_invariants(), std::vector<std::string>());
  }

  fakes::ServiceWorld world_;
  fakes::NoteBook book_;
  fakes::NoteKind kind_{world_.policy, book_};
  std::array<JobKind*, 1> kinds_{&kind_};
  ResultIntake intake_{world_.context, JobKinds(kinds_)};
  ProviderLink link_{world_.provider, world_.provider_state, intake_};
  SubmitWorker submits_{world_.context, kind_, world_.provider, world_.provider_state};
  PollWorker polls_{world_.context, kind_, link_};
  ResultWorker results_{world_.context, kind_};
  Reaper reaper_{world_.context, JobKinds(kinds_), link_};
  Uuid job_;
};

TEST_F(NoteJobs, OneIsMadeKeptPaidAndTold) {
  run_to_storing();
  EXPECT_EQ(world_.provider.submitted.at(0).endpoint, "notes/writer");
  ASSERT_EQ(world_.step(results_), 1);
  EXPECT_EQ(state(), domain::JobState::succeeded);
  EXPECT_TRUE(book_.notes.at(job_).contains("v3.fal.media"));
  EXPECT_TRUE(book_.closed.empty());
  EXPECT_EQ(world_.free_coins(), world_.policy.starting_grant - kPrice);
  EXPECT_EQ(world_.number("SELECT cost_micro_usd FROM provider_attempt"), 7);
  EXPECT_EQ(world_.number("SELECT count(*) FROM outbox"), 1);
  EXPECT_EQ(world_.broken_invariants(), std::vector<std::string>());
  EXPECT_TRUE(world_.blobs.objects.empty());
}

TEST_F(NoteJobs, EachKindsWorkersTakeTheirOwn) {
  const AcceptedOrder picture = world_.tap();
  ASSERT_EQ(world_.step(submits_), 1);
  EXPECT_EQ(world_.job(picture.id).state, domain::JobState::queued);
  ASSERT_EQ(world_.step(world_.submit_worker), 1);
  world_.clock.advance(world_.policy.poll_last);
  ASSERT_EQ(world_.step(world_.poll_worker), 1);
  EXPECT_EQ(state(), domain::JobState::running);
  ASSERT_EQ(world_.step(polls_), 1);
  ASSERT_EQ(world_.step(results_), 1);
  EXPECT_EQ(state(), domain::JobState::succeeded);
  EXPECT_EQ(world_.job(picture.id).state, domain::JobState::storing);
}

TEST_F(NoteJobs, OneIsCancelledWhileItWaits) {
  ask_to_cancel();
  reap();
  expect_end(domain::JobState::cancelled, Errc::job_cancelled);
  EXPECT_TRUE(world_.provider.submitted.empty());
}

TEST_F(NoteJobs, OneIsCancelledWhileItRuns) {
  ASSERT_EQ(world_.step(submits_), 1);
  ask_to_cancel();
  reap();
  EXPECT_EQ(world_.provider.cancelled.size(), 1U);
  expect_end(domain::JobState::cancelled, Errc::job_cancelled);
}

TEST_F(NoteJobs, OneEndsByItsDeadline) {
  ASSERT_EQ(world_.step(submits_), 1);
  world_.clock.advance(world_.policy.deadline);
  reap();
  expect_end(domain::JobState::failed, Errc::job_deadline);
}

TEST_F(NoteJobs, OneThatTheProviderRefusesEnds) {
  world_.provider.submits.push_back(fail(Errc::provider_rejected));
  ASSERT_EQ(world_.step(submits_), 1);
  expect_end(domain::JobState::failed, Errc::provider_rejected);
}

TEST_F(NoteJobs, TheKindSaysWhichFailuresOfKeepingPass) {
  run_to_storing();
  book_.keeping = fail(Errc::disk_full);
  book_.passing = {Errc::disk_full};
  ASSERT_EQ(world_.step(results_), 1);
  EXPECT_EQ(state(), domain::JobState::storing);
  world_.clock.advance(world_.policy.store_backoff);
  book_.passing.clear();
  ASSERT_EQ(world_.step(results_), 1);
  expect_end(domain::JobState::failed, Errc::disk_full);
}

}  // namespace
}  // namespace aisha::services
