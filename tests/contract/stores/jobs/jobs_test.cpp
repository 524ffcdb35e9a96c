// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace attempts = stores::attempts;
namespace claims = stores::job_claims;
namespace jobs = stores::jobs;
namespace requests = stores::requests;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Jobs : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Jobs, ::testing::ValuesIn(engines()), case_name);

TEST_P(Jobs, TheWayFromTheTapToThePictureKeepsEveryInvariant) {
  const Job done = succeeded("t1");
  EXPECT_EQ(done.state, JobState::succeeded);
  EXPECT_EQ(request(done.id).state, PictureState::ready);
  EXPECT_EQ(request(done.id).object.width, 1536);
  EXPECT_EQ(done.attempt, 1);
  EXPECT_TRUE(done.finished_at);
  EXPECT_EQ(balance().available, 95);
  EXPECT_EQ(balance().held, 0);
  EXPECT_THAT(broken_invariants(), IsEmpty());
  EXPECT_THAT(ask([&](UnitOfWork& u) { return requests::history(u, user_.id, std::nullopt, 10); }), SizeIs(1));
}

TEST_P(Jobs, ASecondRequestUnderOneKeyIsAConflictAndLeavesNoTrace) {
  const Picture first = draft(user_);
  const Picture second = draft(user_);
  for (const Picture* one : {&first, &second}) {
    const auto done = write([&](UnitOfWork& u) { ask_for(u, *one, "tap:1:2:3"); });
    EXPECT_EQ(done.has_value(), one == &first);
  }
  const auto before = ask([&](UnitOfWork& u) { return requests::before(u, "tap:1:2:3", user_.id); });
  EXPECT_EQ(before.same_key, first.id);
  EXPECT_EQ(before.open, 1);
  EXPECT_EQ(balance().held, kPrice);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, AButtonIsStaleOnceALaterOneOfItsMessageWasTaken) {
  ASSERT_TRUE(write([&](UnitOfWork& u) { ask_for(u, draft(user_), "tap:1:2:9"); }));
  const auto is_stale = [&](const char* key) {
    return ask([&](UnitOfWork& u) { return requests::before(u, key, user_.id); }).is_stale;
  };
  EXPECT_TRUE(is_stale("tap:1:2:8"));
  EXPECT_FALSE(is_stale("tap:1:2:9")) << "the very same";
  EXPECT_FALSE(is_stale("tap:1:2:10"));
  EXPECT_FALSE(is_stale("tap:1:20:1"));
  EXPECT_FALSE(is_stale("msg:1:2"));
}

TEST_P(Jobs, AnEdgeThatIsNotInTheListIsRefusedByTheDatabase) {
  const Job job = queued();
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE jobs SET prev_status = status, status = 'running'"
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
  const Job first = claimed(JobState::queued);
  EXPECT_THAT(claim(JobState::queued), IsEmpty());
  clock_.advance(kLease);
  const Job second = claimed(JobState::queued);
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.lease_epoch, first.lease_epoch + 1);
}

TEST_P(Jobs, AWorkerThatLostItsLeaseChangesNothing) {
  queued();
  const Job zombie = claimed(JobState::queued);
  clock_.advance(kLease);
  const Job owner = claimed(JobState::queued);
  const auto late = write([&](UnitOfWork& u) { jobs::begin_submit(u, zombie, "zombie", kLease); });
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::conflict);
  EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, owner, "owner", kLease); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM provider_attempt")), 1);
}

TEST_P(Jobs, AHandedBackJobWaitsItsDelay) {
  queued();
  const Job job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::hand_back(u, job, Millis(1000), true); }));
  EXPECT_EQ(ask([](UnitOfWork& u) { return claims::next_due(u, JobKindName::picture, JobState::queued); }),
            clock_.now() + Millis(1000));
  EXPECT_THAT(claim(JobState::queued), IsEmpty());
  clock_.advance(Millis(1000));
  EXPECT_EQ(claimed(JobState::queued).tries, 1);
}

TEST_P(Jobs, ACertainRefusalIsTriedAgainUntilTheAttemptsAreUsedUp) {
  Job job = submitting("t1");
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const std::string token = "t" + std::to_string(attempt);
    const jobs::Refusal refusal{.retry_after = Millis(1000)};
    UnitOfWork u(db(), rng_);
    const bool again_later = jobs::refuse_submit(u, job, token, refusal);
    EXPECT_EQ(again_later, attempt < 3);
    if (!again_later) {
      end(u, job, JobState::failed, Errc::provider_busy);
    }
    ASSERT_TRUE(commit(u));
    EXPECT_EQ(load(job.id).state, again_later ? JobState::queued : JobState::failed);
    if (again_later) {
      clock_.advance(Millis(1000));
      const Job again = claimed(JobState::queued);
      const std::string fresh = "t" + std::to_string(attempt + 1);
      ASSERT_TRUE(write([&](UnitOfWork& w) { jobs::begin_submit(w, again, fresh, kLease); }));
      job = load(job.id);
    }
  }
  EXPECT_EQ(load(job.id).error_code, "provider.busy");
  EXPECT_EQ(request(job.id).error_code, "provider.busy");
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, APausedProviderBurnsNoAttempt) {
  const Job job = submitting("t1");
  const jobs::Refusal refusal{.retry_after = Millis(1000), .burns_attempt = false};
  UnitOfWork u(db(), rng_);
  EXPECT_TRUE(jobs::refuse_submit(u, job, "t1", refusal));
  ASSERT_TRUE(commit(u));
  const Job after = load(job.id);
  EXPECT_EQ(after.max_attempts - after.attempt, 3);
}

TEST_P(Jobs, ASubmitWhoseLeaseRanOutIsUnconfirmedThenSubmittedAgain) {
  const Job job = submitting("t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::expired_submits(u, JobKindName::picture, 9); }), IsEmpty());
  clock_.advance(kLease);
  const auto expired = ask([](UnitOfWork& u) { return claims::expired_submits(u, JobKindName::picture, 9); });
  ASSERT_THAT(expired, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, expired[0], Millis(120'000)); }));
  const auto late =
      write([&](UnitOfWork& u) { jobs::accept_submit(u, job, "t1", jobs::Accepted{"req-t1", ""}, Millis(5000)); });
  EXPECT_FALSE(late) << "the submitter woke up after the reaper";
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::unconfirmed_due(u, JobKindName::picture, 9); }), IsEmpty());
  clock_.advance(Millis(120'000));
  const auto due = ask([](UnitOfWork& u) { return claims::unconfirmed_due(u, JobKindName::picture, 9); });
  ASSERT_THAT(due, SizeIs(1));
  UnitOfWork u(db(), rng_);
  EXPECT_TRUE(jobs::submit_again(u, due[0]));
  ASSERT_TRUE(commit(u));
  EXPECT_EQ(claimed(JobState::queued).id, job.id);
}

TEST_P(Jobs, ALateAnswerOfASubmitIsTaken) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(120'000)); }));
  UnitOfWork u(db(), rng_);
  EXPECT_TRUE(run(jobs::accept_late(u, "t1", jobs::Accepted{"req-t1", "h"}, Millis(5000))));
  ASSERT_TRUE(commit(u));
  EXPECT_EQ(load(job.id).state, JobState::running);
  EXPECT_EQ(load(job.id).request_id, "req-t1");
  EXPECT_EQ(load(job.id).handle, "h");
}

TEST_P(Jobs, PollsComeWhenDueAndKnowTheirRequest) {
  const Job job = running("t1");
  EXPECT_THAT(
      ask([](UnitOfWork& u) { return claims::claim_polls(u, JobKindName::picture, 9, {.often = Millis(5000)}); }),
      IsEmpty());
  clock_.advance(Millis(5000));
  const auto polls =
      ask([](UnitOfWork& u) { return claims::claim_polls(u, JobKindName::picture, 9, {.often = Millis(5000)}); });
  ASSERT_THAT(polls, SizeIs(1));
  EXPECT_EQ(polls[0].id, job.id);
  EXPECT_EQ(polls[0].request_id, "req-t1");
  EXPECT_EQ(polls[0].handle, "handle");
  EXPECT_THAT(
      ask([](UnitOfWork& u) { return claims::claim_polls(u, JobKindName::picture, 9, {.often = Millis(5000)}); }),
      IsEmpty());
}

TEST_P(Jobs, PastTheDeadlineAJobFailsAndTheCoinsReturn) {
  const Job job = running("t1");
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::past_deadline(u, 9); }), IsEmpty());
  clock_.advance(kDeadline);
  const auto late = ask([](UnitOfWork& u) { return claims::past_deadline(u, 9); });
  ASSERT_THAT(late, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, late[0], JobState::failed, Errc::job_deadline); }));
  EXPECT_EQ(load(job.id).error_code, "job.deadline");
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, AStoringJobIsFetchedOnceEvenPastItsDeadline) {
  running("t1");
  happen(success("t1"));
  clock_.advance(kDeadline);
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::past_deadline(u, 9); }), IsEmpty());
  const Job job = claimed(JobState::storing);
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::past_deadline(u, 9); }), IsEmpty());
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::hand_back(u, job, Millis(1000), true); }));
  EXPECT_THAT(ask([](UnitOfWork& u) { return claims::past_deadline(u, 9); }), SizeIs(1));
}

TEST_P(Jobs, AQueuedJobThatIsToBeCancelledIsNotSubmitted) {
  const Job job = queued();
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::request_cancel(u, job.id, user_.id); }));
  EXPECT_THAT(claim(JobState::queued), IsEmpty());
  const auto found = ask([](UnitOfWork& u) { return claims::cancel_candidates(u, 9); });
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, found[0], JobState::cancelled, Errc::job_cancelled); }));
  EXPECT_EQ(load(job.id).state, JobState::cancelled);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, CancellingMeanwhileStopsAClaimedSubmit) {
  queued();
  const Job job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::request_cancel(u, job.id, user_.id); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::begin_submit(u, job, "t", kLease); }));
}

TEST_P(Jobs, ARunningJobThatIsToBeCancelledIsNamedWithItsRequest) {
  const Job job = running("t1");
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::request_cancel(u, job.id, Uuid{}); })) << "a stranger asked";
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::request_cancel(u, job.id, user_.id); }));
  const auto found = ask([](UnitOfWork& u) { return claims::running_cancels(u, 9); });
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].request_id, "req-t1");
}

TEST_P(Jobs, AFinishedJobNeverChanges) {
  const Job done = succeeded("t1");
  EXPECT_THROW(write([&](UnitOfWork& u) { jobs::finish(u, done, JobState::failed, "job.deadline"); }),
               sql::ConstraintViolation);
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::request_cancel(u, done.id, user_.id); }));
  EXPECT_EQ(load(done.id).state, JobState::succeeded);
}

TEST_P(Jobs, HowManyStandBeforeAQueuedJobIsToldByWhenEachIsDue) {
  const Job first = queued();
  const Job second = queued();
  EXPECT_EQ(ask([&](UnitOfWork& u) { return claims::queue_ahead(u, first); }), 0);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return claims::queue_ahead(u, second); }), 1);
}

TEST_P(Jobs, AResultOfAnEarlierAttemptIsNamedByItsOwnRequest) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(0)); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::submit_again(u, load(job.id)); }));
  const Job again = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, again, "t2", kLease); }));
  const jobs::Accepted accepted{"req-t2", "handle"};
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::accept_submit(u, load(job.id), "t2", accepted, Millis(1)); }));
  happen(success("t1"));
  EXPECT_EQ(load(job.id).state, JobState::storing);
  EXPECT_EQ(load(job.id).request_id, "req-t1");
  EXPECT_EQ(load(job.id).handle, "") << "that of the second attempt leads elsewhere";
}

TEST_P(Jobs, TheTimesOfTheLastPicturesAreThoseFromTapToEnd) {
  const Job job = submitting("t1");
  const jobs::Accepted accepted{"req-t1", "handle"};
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::accept_submit(u, job, "t1", accepted, Millis(1)); }));
  happen(success("t1"));
  clock_.advance(Millis(7000));
  const Job storing = claimed(JobState::storing);
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    requests::make_ready(u, storing.id, object(storing), db().now() - storing.created_at);
    jobs::finish(u, storing, JobState::succeeded, "");
    stores::ledger::capture(u, storing.user_id, storing.id, storing.price);
  }));
  EXPECT_THAT(ask([&](UnitOfWork& u) { return claims::last_times(u, job.model, 50); }), ElementsAre(Millis(7000)));
  EXPECT_THAT(ask([&](UnitOfWork& u) { return claims::last_times(u, "another", 50); }), IsEmpty());
}

TEST_P(Jobs, AnEndedJobLeavesItsTableAndNothingElseChanges) {
  const Job done = succeeded("t1");
  clock_.advance(Millis(1));
  queued();
  EXPECT_EQ(ask([&](UnitOfWork& u) { return jobs::sweep(u, db().now(), 1000); }), 1);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return jobs::load(u, done.id); }));
  EXPECT_EQ(request(done.id).state, PictureState::ready);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, AResultThatComesWhenItsJobIsGoneIsSurplus) {
  const Job job = running("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::failed, Errc::job_deadline); }));
  clock_.advance(Millis(1));
  ASSERT_EQ(ask([&](UnitOfWork& u) { return jobs::sweep(u, db().now(), 1000); }), 1);
  const auto applied = happen(success("t1"));
  EXPECT_EQ(applied.effect, stores::provider_events::Effect::surplus);
  EXPECT_FALSE(applied.job);
  EXPECT_EQ(request(job.id).state, PictureState::failed);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, MoneyIsHeldForAJobThatStandsThereAtItsPriceOnly) {
  const Job job = queued();
  const Uuid nobody = Uuid::v7(db().now(), rng_);
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::ledger::hold(u, user_.id, nobody, kPrice); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { stores::ledger::hold(u, user_.id, job.id, kPrice + 1); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Jobs, SpendIsTheSumOfWhatTheAttemptsCost) {
  const Job job = succeeded("t1");
  const TimePoint start = clock_.now();
  ASSERT_TRUE(write([&](UnitOfWork& u) { attempts::set_units(u, load(job.id), 35'000, "1"); }));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return attempts::spent_since(u, start); }), 35'000);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return attempts::spent_since(u, start + Millis(1)); }), 0);
}

}  // namespace
}  // namespace aisha
