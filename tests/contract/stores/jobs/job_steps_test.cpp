// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace steps = stores::job_steps;
namespace generations = stores::generations;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Jobs : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Jobs, ::testing::ValuesIn(engines()), case_name);

TEST_P(Jobs, TheWayFromTheTapToThePictureKeepsEveryInvariant) {
  const Generation done = succeeded("t1");
  EXPECT_EQ(done.state, JobState::succeeded);
  EXPECT_EQ(done.width, 1536);
  EXPECT_EQ(done.attempt, 1);
  EXPECT_TRUE(done.finished_at);
  EXPECT_EQ(balance().available, 95);
  EXPECT_EQ(balance().held, 0);
  EXPECT_THAT(broken_invariants(), IsEmpty());
  EXPECT_THAT(ask([&](UnitOfWork& u) { return generations::history(u, user_.id, std::nullopt, 10); }), SizeIs(1));
}

TEST_P(Jobs, ASecondRequestUnderOneKeyIsAConflictAndLeavesNoTrace) {
  const Generation first = draft(user_);
  const Generation second = draft(user_);
  for (const Generation* g : {&first, &second}) {
    const auto done = write([&](UnitOfWork& u) {
      generations::create(u, *g, "tap:1:2:3");
      stores::ledger::hold(u, g->user_id, g->id, g->price);
    });
    EXPECT_EQ(done.has_value(), g == &first);
  }
  EXPECT_EQ(ask([](UnitOfWork& u) { return generations::find_by_key(u, "tap:1:2:3"); }), first.id);
  EXPECT_EQ(balance().held, kPrice);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, AnEdgeThatIsNotInTheListIsRefusedByTheDatabase) {
  const Generation job = queued();
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE generation_requests SET prev_status = status, status = 'running'"
                                  " WHERE id = $1",
                                  job.id),
                   1});
  EXPECT_THROW(run(db().write(std::move(batch))), sql::ConstraintViolation);
  EXPECT_EQ(load(job.id).state, JobState::queued);
}

TEST_P(Jobs, TheEdgesOfTheTableAreThoseOfTheDomain) {
  const sql::Rows rows =
      run(db().read(sql::Statement("SELECT from_status, to_status FROM job_transition ORDER BY 1, 2")));
  std::vector<std::pair<std::string, std::string>> stored;
  for (const sql::Row row : rows) {
    stored.emplace_back(row.text(0), row.text(1));
  }
  std::vector<std::pair<std::string, std::string>> known;
  for (const auto& [from, to] : domain::legal_transitions()) {
    known.emplace_back(from, to);
  }
  std::ranges::sort(known);
  EXPECT_EQ(stored, known);
}

TEST_P(Jobs, AJobIsClaimedOnceUntilItsLeaseRunsOut) {
  queued();
  const Generation first = claimed(JobState::queued);
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::claim(u, JobState::queued, 9, kLease); }), IsEmpty());
  clock_.advance(kLease);
  const Generation second = claimed(JobState::queued);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.lease_epoch, first.lease_epoch + 1);
}

TEST_P(Jobs, AWorkerThatLostItsLeaseChangesNothing) {
  queued();
  const Generation zombie = claimed(JobState::queued);
  clock_.advance(kLease);
  const Generation owner = claimed(JobState::queued);
  const auto late = write([&](UnitOfWork& u) { steps::begin_submit(u, zombie, "zombie", kLease); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::conflict);
  EXPECT_TRUE(write([&](UnitOfWork& u) { steps::begin_submit(u, owner, "owner", kLease); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM provider_attempt")), 1);
}

TEST_P(Jobs, AHandedBackJobWaitsItsDelay) {
  queued();
  const Generation job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::hand_back(u, job, Millis(1000), true); }));
  EXPECT_EQ(ask([](UnitOfWork& u) { return steps::next_due(u, JobState::queued); }), clock_.now() + Millis(1000));
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::claim(u, JobState::queued, 1, kLease); }), IsEmpty());
  clock_.advance(Millis(1000));
  EXPECT_EQ(claimed(JobState::queued).tries, 1);
}

TEST_P(Jobs, ACertainRefusalIsTriedAgainUntilTheAttemptsAreUsedUp) {
  Generation job = submitting("t1");
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const std::string token = "t" + std::to_string(attempt);
    steps::Refusal refusal;
    refusal.code = Errc::provider_busy;
    refusal.retry_after = Millis(1000);
    UnitOfWork u(db(), rng_);
    const JobState next = steps::refuse_submit(u, job, token, refusal);
    EXPECT_EQ(next, attempt < 3 ? JobState::queued : JobState::failed);
    if (next == JobState::failed) {
      stores::ledger::release(u, job.user_id, job.id, job.price);
    }
    ASSERT_TRUE(commit(u));
    EXPECT_EQ(load(job.id).state, next);
    if (next == JobState::queued) {
      clock_.advance(Millis(1000));
      const Generation again = claimed(JobState::queued);
      const std::string fresh = "t" + std::to_string(attempt + 1);
      ASSERT_TRUE(write([&](UnitOfWork& w) { steps::begin_submit(w, again, fresh, kLease); }));
      job = load(job.id);
    }
  }
  EXPECT_EQ(load(job.id).error_code, "provider.busy");
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, APausedProviderBurnsNoAttempt) {
  const Generation job = submitting("t1");
  const steps::Refusal refusal{Errc::provider_balance, Millis(1000), false};
  UnitOfWork u(db(), rng_);
  EXPECT_EQ(steps::refuse_submit(u, job, "t1", refusal), JobState::queued);
  ASSERT_TRUE(commit(u));
  const Generation after = load(job.id);
  EXPECT_EQ(after.max_attempts - after.attempt, 3);
}

TEST_P(Jobs, ASubmitWhoseLeaseRanOutIsUnconfirmedThenSubmittedAgain) {
  const Generation job = submitting("t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::expired_submits(u, 9); }), IsEmpty());
  clock_.advance(kLease);
  const auto expired = ask([](UnitOfWork& u) { return steps::expired_submits(u, 9); });
  ASSERT_THAT(expired, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::to_unconfirmed(u, expired[0], Millis(120'000)); }));
  const auto late =
      write([&](UnitOfWork& u) { steps::accept_submit(u, job, "t1", steps::Accepted{"req-t1", ""}, Millis(5000)); });
  EXPECT_FALSE(late) << "the submitter woke up after the reaper";
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::unconfirmed_due(u, 9); }), IsEmpty());
  clock_.advance(Millis(120'000));
  const auto due = ask([](UnitOfWork& u) { return steps::unconfirmed_due(u, 9); });
  ASSERT_THAT(due, SizeIs(1));
  UnitOfWork u(db(), rng_);
  EXPECT_EQ(steps::give_up_waiting(u, due[0]), JobState::queued);
  ASSERT_TRUE(commit(u));
  EXPECT_EQ(claimed(JobState::queued).id, job.id);
}

TEST_P(Jobs, ALateAnswerOfASubmitIsAdopted) {
  const Generation job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::to_unconfirmed(u, job, Millis(120'000)); }));
  UnitOfWork u(db(), rng_);
  EXPECT_TRUE(run(steps::adopt(u, "t1", steps::Accepted{"req-t1", "h"}, Millis(5000))));
  ASSERT_TRUE(commit(u));
  EXPECT_EQ(load(job.id).state, JobState::running);
  EXPECT_EQ(ask([&](UnitOfWork& w) { return steps::last_accepted(w, job.id); })->request_id, "req-t1");
}

TEST_P(Jobs, PollsComeWhenDueAndKnowTheirRequest) {
  const Generation job = running("t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::claim_polls(u, 9, {.often = Millis(5000)}); }), IsEmpty());
  clock_.advance(Millis(5000));
  const auto polls = ask([](UnitOfWork& u) { return steps::claim_polls(u, 9, {.often = Millis(5000)}); });
  ASSERT_THAT(polls, SizeIs(1));
  EXPECT_EQ(polls[0].job.id, job.id);
  EXPECT_EQ(polls[0].attempt.request_id, "req-t1");
  EXPECT_EQ(polls[0].attempt.handle, "handle");
  EXPECT_EQ(polls[0].token, "t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::claim_polls(u, 9, {.often = Millis(5000)}); }), IsEmpty());
}

TEST_P(Jobs, PastTheDeadlineAJobFailsAndTheCoinsReturn) {
  const Generation job = running("t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::past_deadline(u, 9); }), IsEmpty());
  clock_.advance(kDeadline);
  const auto late = ask([](UnitOfWork& u) { return steps::past_deadline(u, 9); });
  ASSERT_THAT(late, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    steps::fail(u, late[0], Errc::job_deadline);
    stores::ledger::release(u, job.user_id, job.id, job.price);
  }));
  EXPECT_EQ(load(job.id).error_code, "job.deadline");
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, AStoringJobIsFetchedOnceEvenPastItsDeadline) {
  running("t1");
  happen(success("t1"));
  clock_.advance(kDeadline);
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::past_deadline(u, 9); }), IsEmpty());
  const Generation job = claimed(JobState::storing);
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::past_deadline(u, 9); }), IsEmpty());
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::hand_back(u, job, Millis(1000), true); }));
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::past_deadline(u, 9); }), SizeIs(1));
}

TEST_P(Jobs, AQueuedJobThatIsToBeCancelledIsNotSubmitted) {
  const Generation job = queued();
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::request_cancel(u, job.id, user_.id); }));
  EXPECT_THAT(ask([](UnitOfWork& u) { return steps::claim(u, JobState::queued, 9, kLease); }), IsEmpty());
  const auto found = ask([](UnitOfWork& u) { return steps::cancel_candidates(u, 9); });
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    steps::cancel(u, found[0]);
    stores::ledger::release(u, job.user_id, job.id, job.price);
  }));
  EXPECT_EQ(load(job.id).state, JobState::cancelled);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, CancellingMeanwhileStopsAClaimedSubmit) {
  queued();
  const Generation job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::request_cancel(u, job.id, user_.id); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { steps::begin_submit(u, job, "t", kLease); }));
}

TEST_P(Jobs, ARunningJobThatIsToBeCancelledIsNamedWithItsRequest) {
  const Generation job = running("t1");
  EXPECT_FALSE(write([&](UnitOfWork& u) { steps::request_cancel(u, job.id, Uuid{}); })) << "a stranger asked";
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::request_cancel(u, job.id, user_.id); }));
  const auto found = ask([](UnitOfWork& u) { return steps::running_cancels(u, 9); });
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].attempt.request_id, "req-t1");
}

TEST_P(Jobs, AFinishedJobNeverChanges) {
  const Generation done = succeeded("t1");
  EXPECT_THROW(write([&](UnitOfWork& u) { steps::fail(u, done, Errc::job_deadline); }), sql::ConstraintViolation);
  EXPECT_FALSE(write([&](UnitOfWork& u) { steps::request_cancel(u, done.id, user_.id); }));
  EXPECT_EQ(load(done.id).state, JobState::succeeded);
}

TEST_P(Jobs, SpendIsTheSumOfWhatTheAttemptsCost) {
  const Generation job = succeeded("t1");
  const TimePoint start = clock_.now();
  ASSERT_TRUE(write([&](UnitOfWork& u) { steps::set_cost(u, job.id, 35'000); }));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return steps::spent_since(u, start); }), 35'000);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return steps::spent_since(u, start + Millis(1)); }), 0);
}

}  // namespace
}  // namespace aisha
