// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_files.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;
namespace provider_files = stores::provider_files;

class ProviderFiles : public StoreTest {
 protected:
  void put(const char* key, const char* url, Millis lies) {
    UnitOfWork unit(db(), rng_);
    run(provider_files::put(unit, {key, url, unit.now() + lies}));
  }
  std::optional<std::string> find(const char* key, Millis later) {
    return ask([&](UnitOfWork& u) { return provider_files::find(u, key, u.now() + later); });
  }
  std::int64_t sweep() {
    return ask([](UnitOfWork& u) { return provider_files::sweep(u, u.now(), 10); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ProviderFiles, ::testing::ValuesIn(engines()), case_name);

TEST_P(ProviderFiles, AnAddressIsGoodAsLongAsTheFileLiesThere) {
  put("a.jpg", "https://files/1", Millis(1'000));
  EXPECT_EQ(find("a.jpg", Millis(1'000)), "https://files/1");
  EXPECT_EQ(find("a.jpg", Millis(1'001)), std::nullopt);
  EXPECT_EQ(find("b.jpg", Millis(0)), std::nullopt);
}

TEST_P(ProviderFiles, TheNewerAddressCounts) {
  put("a.jpg", "https://files/1", Millis(1'000));
  put("a.jpg", "https://files/2", Millis(5'000));
  EXPECT_EQ(find("a.jpg", Millis(4'000)), "https://files/2");
}

TEST_P(ProviderFiles, WhatIsGoneIsForgotten) {
  put("a.jpg", "https://files/1", Millis(1'000));
  put("b.jpg", "https://files/2", Millis(5'000));
  clock_.advance(Millis(2'000));
  EXPECT_EQ(sweep(), 1);
  EXPECT_EQ(sweep(), 0);
  EXPECT_EQ(find("b.jpg", Millis(0)), "https://files/2");
}

class PreparingJobs : public StoreTest {
 protected:
  Job preparing() {
    const Picture p = draft(user_);
    Job job = job_for(p);
    job.state = JobState::preparing;
    job.wants = R"({"files":[]})";
    EXPECT_TRUE(write([&](UnitOfWork& u) {
      stores::requests::create(u, p);
      stores::jobs::create(u, job);
      stores::ledger::hold(u, p.user_id, p.id, p.price);
    }));
    return load(p.id);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, PreparingJobs, ::testing::ValuesIn(engines()), case_name);

TEST_P(PreparingJobs, AreNobodysToSubmitUntilTheirInputIsComplete) {
  const Job made = preparing();
  EXPECT_EQ(made.wants, R"({"files":[]})");
  EXPECT_THAT(claim(JobState::queued), ::testing::IsEmpty());
  const Job job = claimed(JobState::preparing);
  EXPECT_EQ(job.id, made.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::jobs::prepared(u, job, R"({"a":1})"); }));
  const Job done = claimed(JobState::queued);
  EXPECT_EQ(done.input, R"({"a":1})");
  EXPECT_EQ(write([&](UnitOfWork& u) { stores::jobs::prepared(u, job, "{}"); }).error().code, Errc::conflict);
}

TEST_P(PreparingJobs, AreLeftToTheReaperWhenTheyAreToStopOrLate) {
  const Job job = preparing();
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::jobs::request_cancel(u, job.id, user_.id); }));
  EXPECT_THAT(claim(JobState::preparing), ::testing::IsEmpty());
  const auto asked = ask([](UnitOfWork& u) { return stores::job_claims::cancel_candidates(u, 9); });
  ASSERT_EQ(asked.size(), 1U);
  clock_.advance(kDeadline);
  EXPECT_EQ(ask([](UnitOfWork& u) { return stores::job_claims::past_deadline(u, 9); }).size(), 1U);
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, asked[0], JobState::cancelled, Errc::job_cancelled); }));
  EXPECT_EQ(balance().held, 0);
}

}  // namespace
}  // namespace aisha
