// SPDX-License-Identifier: Apache-2.0
// What may be spent at the provider in a day, and what its bill says of it.
#include "services/spending/spending.hpp"

#include <algorithm>
#include <chrono>

#include "services/spending/reconciling.hpp"
#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using domain::JobState;

class SpendingTest : public JobTest {
 protected:
  /// What a picture of the catalogue is expected to cost.
  std::int64_t cost() { return world_.job(id()).cost_micro_usd; }
  Result<AcceptedOrder> ask(std::int64_t person) {
    auto turn = world_.open(person);
    auto asked = world_.request(turn, world_.order(), "key " + std::to_string(++keys_));
    world_.run(turn.commit()).value();
    return asked;
  }
  void to_midnight(Millis before) {
    const TimePoint now = world_.clock.now();
    world_.clock.advance(std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1) - before - now);
  }
  std::int64_t spent() { return world_.number("SELECT coalesce(sum(cost_micro_usd), 0) FROM provider_attempt"); }

  int keys_ = 0;
};

TEST_F(SpendingTest, Row148WhatAPersonMayCostInADayIsExact) {
  world_.policy.micro_usd_per_person_day = 2 * cost();
  ASSERT_TRUE(ask(person_)) << "the first is open and counts, the second fits";
  world_.settle();
  EXPECT_EQ(spent(), 2 * cost());
  const auto third = ask(person_);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, Errc::limit_spend);
  const std::int64_t wait = std::get<about::Wait>(third.error().about).seconds;
  EXPECT_EQ(world_.free_coins(person_), 25 - 2 * ticket_.price) << "nothing was taken";
  EXPECT_TRUE(ask(person_ + 500)) << "another person has a day of their own";
  world_.clock.advance(std::chrono::seconds(wait));
  EXPECT_TRUE(ask(person_));
}

TEST_F(SpendingTest, WhatTheProviderRefusedCostsNothing) {
  world_.policy.micro_usd_per_person_day = cost();
  provider().submits.push_back(fail(Errc::provider_rejected, "no"));
  submit();
  EXPECT_EQ(state(), JobState::failed);
  EXPECT_EQ(spent(), 0);
  EXPECT_TRUE(ask(person_));
}

TEST_F(SpendingTest, Row148NothingIsSentPastTheCapOfAllAndTheCoinsReturn) {
  const auto second = ask(person_).value().id;
  world_.policy.micro_usd_per_day = cost();
  ASSERT_EQ(world_.step(world_.submit_worker), 2);
  EXPECT_EQ(provider().submitted.size(), 1U);
  EXPECT_EQ(world_.job(second).state, JobState::failed) << "its deadline is before midnight";
  EXPECT_EQ(world_.job(second).error_code, "limit.spend");
  EXPECT_EQ(world_.free_coins(person_), 25 - ticket_.price);
  world_.clock.advance(Millis(3'000));
  EXPECT_EQ(ask(person_).error().code, Errc::limit_spend) << "at the tap already";
  world_.settle();
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(SpendingTest, ShortBeforeMidnightItWaitsForTheNextDay) {
  world_.settle();
  to_midnight(Millis(60'000));
  ticket_ = world_.tap(person_);
  world_.policy.micro_usd_per_day = cost() - 1;
  ASSERT_EQ(world_.step(world_.submit_worker), 1);
  EXPECT_EQ(state(), JobState::queued);
  EXPECT_EQ(world_.step(world_.submit_worker), 0) << "it is due at midnight";
  world_.policy.micro_usd_per_day = cost();
  world_.clock.advance(Millis(60'000));
  EXPECT_EQ(world_.step(world_.submit_worker), 1);
  EXPECT_EQ(state(), JobState::running);
}

TEST_F(SpendingTest, TheProvidersUnitsAreWorthMoreThanWhatWasExpected) {
  providers::RemoteResult made;
  made.pictures.push_back({"https://fal.example/1.jpg", "", false});
  made.billable_units = "2";
  provider().results.push_back(std::move(made));
  run_to_storing();
  world_.step(world_.result_worker);
  expect_picture();
  EXPECT_EQ(spent(), 2 * 35'000);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE cost_source = 'units' AND billed_units = '2'"),
            1);
}

/// A bill in pages of one.
class PaperBill final : public providers::Billing {
 public:
  Task<Result<providers::BillPage>> page(TimePoint, TimePoint, std::string after) override {
    const std::size_t at = after.empty() ? 0 : std::stoul(after);
    providers::BillPage out;
    if (at < lines.size()) {
      out.requests.push_back(lines[at]);
      out.next = at + 1 < lines.size() ? std::to_string(at + 1) : "";
    }
    co_return out;
  }
  std::vector<providers::BilledRequest> lines;
};

class ReconcilingTest : public SpendingTest {
 protected:
  ReconciledBill reconcile() {
    world_.clock.advance(std::chrono::hours(2));
    const TimePoint now = world_.clock.now();
    return world_.run(reconciling_.run(now - std::chrono::days(1), now)).value();
  }
  void made() {
    run_to_storing();
    world_.step(world_.result_worker);
    expect_picture();
  }
  std::string request() { return world_.job(id()).request_id; }

  PaperBill bill_;
  Reconciling reconciling_{*world_.db, world_.rng, bill_};
};

TEST_F(ReconcilingTest, EqualBooksHaveNothingToSayAndTheBillIsTheLastWord) {
  made();
  bill_.lines = {{request(), "fal-ai/flux-lora", cost() - 10}};
  const auto books = reconcile();
  EXPECT_TRUE(books.unknown.empty());
  EXPECT_TRUE(books.unbilled.empty());
  EXPECT_TRUE(books.differences.empty()) << "less than a cent";
  EXPECT_EQ(books.models.at("fal-ai/flux-lora").billed, cost() - 10);
  EXPECT_EQ(spent(), cost() - 10);
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_attempt WHERE cost_source = 'billing'"), 1);
}

TEST_F(ReconcilingTest, WhatIsOnOneSideOnlyIsNamedAndSoIsACentOfDifference) {
  made();
  const std::string dear = request();
  fresh();
  made();
  bill_.lines = {{dear, "fal-ai/flux-lora", cost() + 10'001}, {"stranger", "fal-ai/flux-lora", 5}};
  const auto books = reconcile();
  ASSERT_EQ(books.unknown.size(), 1U);
  EXPECT_EQ(books.unknown[0].request_id, "stranger");
  ASSERT_EQ(books.differences.size(), 1U);
  EXPECT_EQ(books.differences[0].request_id, dear);
  ASSERT_EQ(books.unbilled.size(), 1U);
  EXPECT_EQ(books.unbilled[0].request_id, request());
  EXPECT_EQ(books.requests, 2);
}

TEST_F(ReconcilingTest, WordsThatWereWrittenAreOnTheBillAndUnknownToNobody) {
  made();
  bill_.lines = {{request(), "fal-ai/flux-lora", cost()}, {"words", "openrouter/router", 90, true}};
  const auto books = reconcile();
  EXPECT_TRUE(books.unknown.empty());
  EXPECT_EQ(books.models.at("openrouter/router").billed, 90);
  EXPECT_EQ(books.billed, cost() + 90);
}

}  // namespace
}  // namespace aisha::services
