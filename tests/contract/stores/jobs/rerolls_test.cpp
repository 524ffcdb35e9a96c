// SPDX-License-Identifier: Apache-2.0
#include "tests/contract/stores/world.hpp"

// A result that is no good and is made once more for nothing.
namespace aisha {
namespace {

namespace attempts = stores::attempts;
namespace jobs = stores::jobs;
namespace requests = stores::requests;
using namespace testing;
using ::testing::IsEmpty;

class Rerolls : public StoreTest {
 protected:
  /// A claimed job whose result is there.
  Job storing(const std::string& token) {
    running(token);
    happen(success(token));
    return claimed(JobState::storing);
  }
  /// Takes a job through another attempt until its result is there.
  Job made_again(const std::string& token) {
    const Job job = claimed(JobState::queued);
    EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, job, token, kLease); }));
    const jobs::Accepted accepted{"req-" + token, ""};
    EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::accept_submit(u, load(job.id), token, accepted, Millis(1)); }));
    happen(success(token));
    return load(job.id);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Rerolls, ::testing::ValuesIn(engines()), case_name);

TEST_P(Rerolls, AResultThatIsNoGoodIsMadeAnewUnderTheHoldThereIs) {
  const Job bad = storing("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    requests::set_seed(u, bad.id, 8);
    jobs::reroll(u, bad, R"({"seed":8})", "black");
  }));
  const Job again = load(bad.id);
  EXPECT_EQ(again.state, JobState::queued);
  EXPECT_EQ(again.rerolls, 1);
  EXPECT_EQ(again.defect, "black");
  EXPECT_EQ(again.input, R"({"seed":8})");
  EXPECT_EQ(again.max_attempts, bad.max_attempts + 1);
  EXPECT_EQ(again.lease_epoch, bad.lease_epoch + 1);
  EXPECT_EQ(again.request_id, "") << "nothing runs";
  EXPECT_EQ(request(bad.id).seed, 8);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return jobs::result_of(u, bad.id); }), "");
  EXPECT_EQ(balance().held, kPrice);
  EXPECT_THAT(broken_invariants(), IsEmpty());
  EXPECT_EQ(made_again("t2").state, JobState::storing);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Rerolls, AJobThatEndsKeepsWhatWasWrong) {
  Job bad = storing("t1");
  bad.defect = "too_small";
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, bad, JobState::failed, Errc::result_defect); }));
  EXPECT_EQ(load(bad.id).defect, "too_small");
  EXPECT_EQ(load(bad.id).error_code, "result.defect");
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Rerolls, OnlyWhoHoldsTheResultHasItMadeAnewAndOnlyOnce) {
  const Job bad = storing("t1");
  clock_.advance(kLease);
  const Job second = claimed(JobState::storing);
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::reroll(u, bad, "{}", "black"); })) << "its lease has passed on";
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::reroll(u, second, "{}", "black"); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::reroll(u, second, "{}", "black"); }));
  EXPECT_EQ(load(bad.id).rerolls, 1);
  EXPECT_FALSE(write([&](UnitOfWork& u) { jobs::reroll(u, load(bad.id), "{}", "black"); })) << "it has no result";
}

TEST_P(Rerolls, AnEarlierAttemptThatComesAfterABadOneSavesTheNext) {
  const Job job = submitting("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, Millis(0)); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::submit_again(u, load(job.id)); }));
  made_again("t2");
  const Job bad = claimed(JobState::storing);
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::reroll(u, bad, "{}", "black"); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return stores::provider_events::put(u, success("t2")); })) << "no news";
  happen(success("t1"));
  EXPECT_EQ(load(job.id).state, JobState::storing);
  EXPECT_EQ(load(job.id).request_id, "req-t1");
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Rerolls, WhatABadResultCostIsKeptBesideThatOfTheGoodOne) {
  const Job bad = storing("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    attempts::set_units(u, bad, 30, "1");
    jobs::reroll(u, bad, "{}", "black");
  }));
  made_again("t2");
  ASSERT_TRUE(write([&](UnitOfWork& u) { attempts::set_units(u, load(bad.id), 50, "2"); }));
  EXPECT_EQ(ask([](UnitOfWork& u) { return attempts::spent_since(u, from_epoch_ms(0)); }), 80);
}

}  // namespace
}  // namespace aisha
