// SPDX-License-Identifier: Apache-2.0
#include "loops/pump.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <stdexcept>

#include "loops/loops.hpp"

namespace aisha::loops {
namespace {

/// Time passes only when everybody waits: a sleep gives the others their turn and then moves the clock.
class YieldingClock final : public Clock {
 public:
  explicit YieldingClock(Executor executor) : executor_(std::move(executor)) {}
  TimePoint now() const override { return now_; }
  Task<void> sleep(Millis delay) override {
    slept.push_back(delay);
    for (int i = 0; i < 10; ++i) {
      co_await boost::asio::post(executor_, boost::asio::use_awaitable);
    }
    now_ += delay;
  }
  std::vector<Millis> slept;

 private:
  Executor executor_;
  TimePoint now_{};
};

/// Work that counts; `waiting` items are there to be claimed.
class CountedSteps final : public services::Worker {
 public:
  CountedSteps(Executor executor) : executor_(std::move(executor)) {}

  Task<std::optional<Millis>> due_in() override {
    if (broken_looks > 0) {
      --broken_looks;
      throw std::runtime_error("the database is away");
    }
    co_return waiting > 0 ? std::optional(Millis(0)) : due;
  }
  Task<std::vector<Task<void>>> claim(int limit) override {
    ++claims;
    std::vector<Task<void>> out;
    for (; limit > 0 && waiting > 0; --limit, --waiting) {
      out.push_back(one());
    }
    co_return out;
  }

  int waiting = 0;
  int broken_looks = 0;
  std::optional<Millis> due;
  bool failing = false;
  int claims = 0;
  int done = 0;
  int now_running = 0;
  int most_running = 0;

 private:
  Task<void> one() {
    most_running = std::max(most_running, ++now_running);
    for (int i = 0; i < 3; ++i) {
      co_await boost::asio::post(executor_, boost::asio::use_awaitable);
    }
    --now_running;
    ++done;
    if (failing) {
      throw std::runtime_error("scripted");
    }
  }

  Executor executor_;
};

class PumpTest : public testing::Test {
 protected:
  /// Runs the pump until `enough` says so, then stops it and lets it end.
  template <class Enough>
  void drive(Enough enough, int parallel = 4) {
    PumpOptions options;
    options.name = "test";
    options.parallel = parallel;
    Pump pump(io_.get_executor(), clock_, rng_, steps_, bell_, std::move(options));
    bool ended = false;
    boost::asio::co_spawn(io_, pump.run(), [&](const std::exception_ptr&) { ended = true; });
    while (!enough() && io_.run_one() > 0) {
    }
    pump.stop();
    while (!ended && io_.run_one() > 0) {
    }
    EXPECT_TRUE(ended);
  }

  boost::asio::io_context io_{1};
  YieldingClock clock_{io_.get_executor()};
  SeededRng rng_{3};
  services::Signal bell_{io_.get_executor()};
  CountedSteps steps_{io_.get_executor()};
};

TEST_F(PumpTest, EverythingThatWaitsIsDoneWithinTheLimitOfParallelSteps) {
  steps_.waiting = 25;
  drive([&] { return steps_.done == 25; });
  EXPECT_EQ(steps_.most_running, 4);
}

TEST_F(PumpTest, AnIdlePumpOnlyLooksAndClaimsNothing) {
  drive([&] { return clock_.now() >= from_epoch_ms(60'000); });
  EXPECT_EQ(steps_.claims, 0);
  EXPECT_EQ(clock_.slept.front(), Millis(1'000));
}

TEST_F(PumpTest, ItSleepsUntilTheNextOneIsDue) {
  steps_.due = Millis(250);
  drive([&] { return clock_.slept.size() == 3; });
  EXPECT_EQ(clock_.slept.front(), Millis(250));
}

TEST_F(PumpTest, ABellIsHeardBeforeTheTimeIsOver) {
  bool rang = false;
  drive([&] {
    if (!clock_.slept.empty() && !rang) {
      rang = true;
      steps_.waiting = 1;
      bell_.notify();
    }
    return steps_.done == 1;
  });
  EXPECT_EQ(clock_.now(), TimePoint{});
}

TEST_F(PumpTest, AFreedPlaceIsNoNewsForOtherProcesses) {
  int told = 0;
  bell_.tell([&] { ++told; });
  steps_.waiting = 25;
  drive([&] { return steps_.done == 25; });
  EXPECT_EQ(told, 0);
  EXPECT_FALSE(bell_.take_rung());
}

TEST_F(PumpTest, AStepThatThrowsDoesNotStopTheOthers) {
  steps_.failing = true;
  steps_.waiting = 10;
  drive([&] { return steps_.done == 10; });
}

TEST_F(PumpTest, AnOutageIsWaitedOutWithGrowingPausesAndNoBusyLoop) {
  steps_.broken_looks = 8;
  steps_.waiting = 1;
  drive([&] { return steps_.done == 1; });
  const std::vector<int> most = {100, 200, 400, 800, 1'600, 3'200, 5'000, 5'000};
  ASSERT_GE(clock_.slept.size(), most.size());
  for (std::size_t i = 0; i < most.size(); ++i) {
    EXPECT_GE(clock_.slept[i], Millis(1));
    EXPECT_LE(clock_.slept[i], Millis(most[i])) << "pause " << i;
  }
  EXPECT_GT(*std::max_element(clock_.slept.begin(), clock_.slept.begin() + 8), Millis(1'000));
}

TEST_F(PumpTest, AStoppedPumpClaimsNothingMoreAndLetsRunningStepsEnd) {
  steps_.waiting = 100;
  drive([&] { return steps_.now_running == 4; });
  EXPECT_EQ(steps_.now_running, 0);
  EXPECT_EQ(steps_.claims, 1);
  EXPECT_EQ(steps_.done, 4);
}

class CountedChore final : public services::Chore {
 public:
  Task<void> run() override {
    ++rounds;
    if (rounds % 2 == 0) {
      throw std::runtime_error("scripted");
    }
    co_return;
  }
  int rounds = 0;
};

TEST_F(PumpTest, JobsDriveEverythingAndDrainAtTheEnd) {
  services::Policy policy;
  Loops loops(io_.get_executor(), clock_, rng_, policy);
  CountedChore chore;
  steps_.waiting = 5;
  loops.drive("steps", steps_, bell_, 2);
  loops.repeat("chore", chore, Millis(1'000));
  loops.start();
  while (chore.rounds < 5 && io_.run_one() > 0) {
  }
  bool drained = false;
  boost::asio::co_spawn(io_, loops.stop(), [&](const std::exception_ptr&, bool all) { drained = all; });
  io_.run();
  EXPECT_TRUE(drained);
  EXPECT_EQ(steps_.done, 5);
}

TEST_F(PumpTest, StoppingWaitsForTheRunningStepsAndForNoClock) {
  services::Policy policy;
  Loops loops(io_.get_executor(), clock_, rng_, policy);
  steps_.waiting = 100;
  loops.drive("steps", steps_, bell_, 4);
  loops.start();
  while (steps_.now_running < 4 && io_.run_one() > 0) {
  }
  std::optional<bool> drained;
  boost::asio::co_spawn(io_, loops.stop(), [&](const std::exception_ptr&, bool all) { drained = all; });
  while (!drained && io_.run_one() > 0) {
  }
  EXPECT_EQ(drained, true);
  EXPECT_EQ(steps_.now_running, 0);
  EXPECT_EQ(steps_.done, 4);
  EXPECT_EQ(clock_.now(), TimePoint{});
}

}  // namespace
}  // namespace aisha::loops
