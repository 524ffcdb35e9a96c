// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/attempts.hpp"

#include "tests/contract/stores/world.hpp"

// What requests to the provider cost: as expected, by its units, by its bill.
namespace aisha {
namespace {

namespace attempts = stores::attempts;
namespace jobs = stores::jobs;
using namespace testing;

constexpr std::int64_t kExpected = 105'000;

class AttemptCosts : public StoreTest {
 protected:
  /// Claimed, and expected to cost that.
  Job priced() {
    const Job job = queued();
    EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::set_work(u, job.id, {job.model, job.input, kExpected}); }));
    return claimed(JobState::queued);
  }
  Job sent(const std::string& token) {
    const Job job = priced();
    EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, job, token, kLease); }));
    return load(job.id);
  }
  Job running_priced(const std::string& token) {
    const Job job = sent(token);
    const jobs::Accepted accepted{"req-" + token, ""};
    EXPECT_TRUE(write([&](UnitOfWork& u) { jobs::accept_submit(u, job, token, accepted, Millis(1)); }));
    return load(job.id);
  }
  std::int64_t spent() {
    return ask([](UnitOfWork& u) { return attempts::spent_since(u, from_epoch_ms(0)); });
  }
  std::int64_t spent_by_user(TimePoint since = from_epoch_ms(0)) {
    return ask([&](UnitOfWork& u) { return attempts::spent_by(u, user_.id, since); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, AttemptCosts, ::testing::ValuesIn(engines()), case_name);

TEST_P(AttemptCosts, AnAttemptCostsWhatIsExpectedFromItsSubmitOn) {
  const Job job = priced();
  EXPECT_EQ(spent(), 0);
  EXPECT_EQ(spent_by_user(), kExpected) << "of a person it counts while it waits";
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::begin_submit(u, job, "t1", kLease); }));
  EXPECT_EQ(spent(), kExpected);
  EXPECT_EQ(spent_by_user(), kExpected) << "once";
}

TEST_P(AttemptCosts, WhatWasRefusedOrFailedCostsNothing) {
  const Job refused = sent("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    EXPECT_FALSE(jobs::refuse_submit(u, refused, "t1", {}));
    end(u, refused, JobState::failed, Errc::provider_rejected);
  }));
  EXPECT_EQ(spent(), 0);
  EXPECT_EQ(spent_by_user(), 0);
  running_priced("t2");
  auto failure = success("t2");
  failure.ok = false;
  failure.code = Errc::provider_failed;
  happen(failure);
  EXPECT_EQ(spent(), 0);
}

TEST_P(AttemptCosts, AnAnswerThatWasLostKeepsWhatItMayHaveCost) {
  const Job job = sent("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { jobs::to_unconfirmed(u, job, kLease); }));
  EXPECT_EQ(spent(), kExpected);
}

TEST_P(AttemptCosts, UnitsTakeThePlaceOfTheEstimateAndTheBillThatOfBoth) {
  running_priced("t1");
  happen(success("t1"));
  const Job job = claimed(JobState::storing);
  ASSERT_TRUE(write([&](UnitOfWork& u) { attempts::set_units(u, job, 70'000, "2"); }));
  EXPECT_EQ(spent(), 70'000);
  const auto known = ask([](UnitOfWork& u) { return attempts::cost_of_request(u, "req-t1"); });
  ASSERT_TRUE(known);
  EXPECT_EQ(known->micro_usd, 70'000);
  const TimePoint later = db().now() + Millis(1);
  const auto open = ask([&](UnitOfWork& u) { return attempts::unbilled(u, from_epoch_ms(0), later, 9); });
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].request_id, "req-t1");
  for (int again = 0; again < 2; ++again) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { attempts::set_billed(u, known->id, 66'000); }));
    EXPECT_EQ(spent(), 66'000);
  }
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return attempts::unbilled(u, from_epoch_ms(0), later, 9); }).empty());
  ASSERT_TRUE(write([&](UnitOfWork& u) { attempts::set_units(u, job, 70'000, "2"); }));
  EXPECT_EQ(spent(), 66'000) << "the bill is the last word";
}

TEST_P(AttemptCosts, ARequestThatIsNoneOfOursHasNoCost) {
  EXPECT_FALSE(ask([](UnitOfWork& u) { return attempts::cost_of_request(u, "stranger"); }));
}

TEST_P(AttemptCosts, OfAPersonCountsWhatTheyAskedForSinceThenAndWhatIsOpen) {
  const Job job = sent("t1");
  const TimePoint later = db().now() + std::chrono::hours(1);
  EXPECT_EQ(spent_by_user(later), kExpected) << "it is open";
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::failed, Errc::job_deadline); }));
  EXPECT_EQ(spent_by_user(), kExpected) << "it may have been made all the same";
  EXPECT_EQ(spent_by_user(later), 0);
}

}  // namespace
}  // namespace aisha
