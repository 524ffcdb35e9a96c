// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace events = stores::provider_events;
namespace claims = stores::job_claims;
namespace jobs = stores::jobs;
using namespace testing;
using events::Effect;
using events::Event;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProviderEvents : public StoreTest {
 protected:
  std::string attempt_state(const std::string& token) {
    return run(db().read(sql::Statement("SELECT state FROM provider_attempt WHERE token = $1", token)))[0].text(0);
  }
  static Event error(const std::string& token, Errc code, bool retryable) {
    return {"req-" + token, token, false, "{}", code, retryable};
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ProviderEvents, ::testing::ValuesIn(engines()), case_name);

TEST_P(ProviderEvents, ASuccessIsKeptOnceHoweverOftenItIsSaid) {
  const Job job = running("t1");
  UnitOfWork u(db(), rng_);
  EXPECT_TRUE(run(events::put(u, success("t1"))));
  EXPECT_FALSE(run(events::put(u, success("t1"))));
  EXPECT_THAT(run(events::pending(u, 9)), SizeIs(1));
  EXPECT_EQ(run(events::apply(u, success("t1"), Millis(0))).effect, Effect::storing);
  ASSERT_TRUE(commit(u));
  EXPECT_THAT(ask([](UnitOfWork& w) { return events::pending(w, 9); }), IsEmpty());
  EXPECT_EQ(load(job.id).state, JobState::storing);
  EXPECT_EQ(ask([&](UnitOfWork& w) { return jobs::result_of(w, job.id); }), R"({"images":[1]})");
  EXPECT_EQ(attempt_state("t1"), "ok");
}

TEST_P(ProviderEvents, AppliedTwiceSideBySideItHasOneEffect) {
  running("t1");
  UnitOfWork first(db(), rng_);
  UnitOfWork second(db(), rng_);
  run(events::put(first, success("t1")));
  run(events::apply(first, success("t1"), Millis(0)));
  run(events::apply(second, success("t1"), Millis(0)));
  EXPECT_TRUE(commit(first));
  EXPECT_FALSE(commit(second));
}

TEST_P(ProviderEvents, ASuccessBeforeTheAnswerOfTheSubmitShutsTheSubmitterOut) {
  const Job job = submitting("t1");
  EXPECT_EQ(happen(success("t1")).effect, Effect::storing);
  const jobs::Accepted accepted{"req-t1", ""};
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::accept_submit(u, job, "t1", accepted, Millis(0)); }));
  EXPECT_EQ(load(job.id).state, JobState::storing);
}

TEST_P(ProviderEvents, ALostSubmitIsTakenByItsToken) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(1000)); }));
  EXPECT_EQ(happen(success("t1")).effect, Effect::storing);
  EXPECT_EQ(load(job.id).attempt, 1);
}

TEST_P(ProviderEvents, ALostSubmitIsTakenEvenWhenItsJobIsQueuedAgain) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(0)); }));
  const auto due = ask([](UnitOfWork& u) { return claims::unconfirmed_due(u, JobKindName::picture, 1); });
  ASSERT_THAT(due, SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::submit_again(u, due[0]); }));
  const Job again = claimed(JobState::queued);
  EXPECT_EQ(happen(success("t1")).effect, Effect::storing);
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::begin_submit(u, again, "t2", kLease); })) << "no second payment";
}

TEST_P(ProviderEvents, ALateSuccessOfAFinishedJobIsSurplusAndNeverCharged) {
  const Job job = running("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::failed, Errc::job_deadline); }));
  EXPECT_EQ(happen(success("t1")).effect, Effect::surplus);
  EXPECT_EQ(attempt_state("t1"), "surplus");
  EXPECT_EQ(load(job.id).state, JobState::failed);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(ProviderEvents, AnErrorThatMayPassLeadsBackToTheQueueUntilAttemptsAreUsedUp) {
  Job job = running("t1");
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const std::string token = "t" + std::to_string(attempt);
    const Effect effect = happen(error(token, Errc::provider_failed, true)).effect;
    EXPECT_EQ(effect, attempt < 3 ? Effect::queued : Effect::failed);
    if (effect == Effect::queued) {
      clock_.advance(Millis(2000));
      const Job again = claimed(JobState::queued);
      const std::string fresh = "t" + std::to_string(attempt + 1);
      ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, again, fresh, kLease); }));
    }
  }
  EXPECT_EQ(load(job.id).error_code, "provider.failed");
}

TEST_P(ProviderEvents, AFinalErrorFailsAtOnceWithItsCode) {
  const Job job = running("t1");
  EXPECT_EQ(happen(error("t1", Errc::provider_nsfw, false)).effect, Effect::failed);
  EXPECT_EQ(load(job.id).error_code, "provider.nsfw");
  EXPECT_EQ(attempt_state("t1"), "error");
}

TEST_P(ProviderEvents, AnErrorOfAJobToBeCancelledCancelsIt) {
  const Job job = running("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::request_cancel(u, job.id, user_.id); }));
  EXPECT_EQ(happen(error("t1", Errc::provider_failed, true)).effect, Effect::cancelled);
  EXPECT_EQ(load(job.id).state, JobState::cancelled);
}

TEST_P(ProviderEvents, AnErrorOfAnEarlierAttemptDoesNotTouchTheJob) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(0)); }));
  const auto due = ask([](UnitOfWork& u) { return claims::unconfirmed_due(u, JobKindName::picture, 1); });
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::submit_again(u, due.at(0)); }));
  const Job again = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, again, "t2", kLease); }));
  EXPECT_EQ(happen(error("t1", Errc::provider_failed, false)).effect, Effect::noted);
  EXPECT_EQ(load(job.id).state, JobState::submitting);
}

TEST_P(ProviderEvents, AnEventOfNobodyIsForeignAndDone) {
  EXPECT_EQ(happen({"req-x", "forged", true, "{}", Errc::provider_failed, false}).effect, Effect::foreign);
  EXPECT_THAT(ask([](UnitOfWork& u) { return events::pending(u, 9); }), IsEmpty());
}

TEST_P(ProviderEvents, AKnownRequestIsNotAnsweredByAnother) {
  const Job job = running("t1");
  Event other = success("t1");
  other.request_id = "req-other";
  EXPECT_EQ(happen(other).effect, Effect::foreign);
  EXPECT_EQ(load(job.id).state, JobState::running);
}

TEST_P(ProviderEvents, OneThatFailsAsOftenAsItMayIsPoisonAndWaitsNoMore) {
  running("t1");
  UnitOfWork u(db(), rng_);
  ASSERT_TRUE(run(events::put(u, success("t1"))));
  EXPECT_FALSE(ask([](UnitOfWork& w) { return events::note_failure(w, "req-t1", 2); }));
  EXPECT_THAT(ask([](UnitOfWork& w) { return events::pending(w, 9); }), SizeIs(1));
  EXPECT_TRUE(ask([](UnitOfWork& w) { return events::note_failure(w, "req-t1", 2); }));
  EXPECT_THAT(ask([](UnitOfWork& w) { return events::pending(w, 9); }), IsEmpty());
  EXPECT_FALSE(ask([](UnitOfWork& w) { return events::note_failure(w, "req-t1", 2); })) << "it is known";
}

TEST_P(ProviderEvents, AppliedOnesAreSweptAfterTheirTime) {
  running("t1");
  happen(success("t1"));
  clock_.advance(Millis(1));
  EXPECT_EQ(ask([](UnitOfWork& u) { return events::sweep(u, u.now(), 1000); }), 1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM provider_event")), 0);
}

}  // namespace
}  // namespace aisha
