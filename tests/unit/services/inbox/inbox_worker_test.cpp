// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/inbox_worker.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "services/context/away.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using Keys = std::vector<std::int64_t>;

class InboxWorkerTest : public testing::Test {
 protected:
  static RawUpdate raw(std::int64_t key, std::int64_t lane) {
    RawUpdate out;
    out.key = key;
    out.lane = lane;
    out.body = "{}";
    return out;
  }
  Keys claim() {
    Keys keys;
    for (const ClaimedUpdate& update : world_.run(inbox_.claim(10))) {
      keys.push_back(update.update_id);
    }
    return keys;
  }

  fakes::ServiceWorld world_;
  Inbox& inbox_ = world_.inbox;
};

class Throwing final : public UpdateHandler {
 public:
  Task<void> handle(ClaimedUpdate) override {
    ++calls;
    throw std::runtime_error("scripted");
    co_return;
  }
  int calls = 0;
};

class Lockout final : public UpdateHandler {
 public:
  Task<void> handle(ClaimedUpdate update) override {
    attempts.push_back(update.attempts);
    throw sql::Outage(Errc::unavailable, "canceling statement due to lock timeout");
    co_return;
  }
  std::vector<std::int64_t> attempts;
};

TEST_F(InboxWorkerTest, AnOutageOfTheDatabaseIsWaitedOutHoweverLongItLasts) {
  Lockout handler;
  InboxWorker taking(world_.context, inbox_, handler);
  world_.run(inbox_.store({raw(1, 10), raw(2, 10)}));
  const int many = 10 * world_.policy.update_max_attempts;
  for (int i = 0; i < many; ++i) {
    ASSERT_EQ(world_.step(taking), 1) << i;
    EXPECT_EQ(world_.step(taking), 0) << "no pause after " << i;
    world_.clock.advance(world_.policy.update_backoff);
  }
  EXPECT_EQ(handler.attempts, std::vector<std::int64_t>(std::size_t(many), 1));
  EXPECT_EQ(claim(), Keys({1}));
}

TEST_F(InboxWorkerTest, AHandlerThatThrowsLosesNoUpdate) {
  Throwing handler;
  InboxWorker taking(world_.context, inbox_, handler);
  world_.run(inbox_.store({raw(1, 10)}));
  EXPECT_EQ(world_.step(taking), 1);
  EXPECT_EQ(world_.step(taking), 0);
  world_.clock.advance(Millis(30'000));
  EXPECT_EQ(world_.step(taking), 1);
  EXPECT_EQ(handler.calls, 2);
}

/// Longer at it than a lease, while the process looks after its leases.
class Slow final : public UpdateHandler {
 public:
  explicit Slow(fakes::ServiceWorld& world) : world_(world) {}
  Task<void> handle(ClaimedUpdate update) override {
    for (int i = 0; i < 4; ++i) {
      world_.clock.advance(world_.policy.lease / 2);
      if (taking != nullptr) {
        co_await taking->hold_on();
      }
    }
    over = update.lease.over();
    const auto others = co_await world_.inbox.claim(10);
    taken_over = std::ssize(others);
  }

  InboxWorker* taking = nullptr;  ///< whose leases are looked after
  bool over = false;
  std::ptrdiff_t taken_over = 0;

 private:
  fakes::ServiceWorld& world_;
};

TEST_F(InboxWorkerTest, AnUpdateStaysInTheHandsOfASlowHandler) {
  Slow handler(world_);
  InboxWorker taking(world_.context, inbox_, handler);
  handler.taking = &taking;
  world_.run(inbox_.store({raw(1, 10)}));
  world_.step(taking);
  EXPECT_FALSE(handler.over);
  EXPECT_EQ(handler.taken_over, 0);
}

TEST_F(InboxWorkerTest, AnUpdateOfAProcessThatLooksAfterNoLeaseIsTakenOver) {
  Slow handler(world_);
  InboxWorker taking(world_.context, inbox_, handler);
  world_.run(inbox_.store({raw(1, 10)}));
  world_.step(taking);
  EXPECT_TRUE(handler.over);
  EXPECT_EQ(handler.taken_over, 1);
}

/// Telegram answers everybody but one update.
class Lonely final : public UpdateHandler {
 public:
  explicit Lonely(Inbox& inbox) : inbox_(inbox) {}
  Task<void> handle(ClaimedUpdate update) override {
    if (update.update_id == 1) {
      ++tries;
      throw Away("502");
    }
    seen.push_back(update.update_id);
    co_await inbox_.done(std::move(update));
  }

  int tries = 0;
  Keys seen;

 private:
  Inbox& inbox_;
};

TEST_F(InboxWorkerTest, k03c_AnUpdateThatAloneIsRefusedForEverDoesNotHoldItsLaneForGood) {
  Lonely handler(inbox_);
  InboxWorker taking(world_.context, inbox_, handler);
  world_.run(inbox_.store({raw(1, 10), raw(2, 10)}));
  std::int64_t other = 100;
  for (int minute = 0; minute < 10; ++minute) {
    for (int second = 0; second < 60; ++second) {
      world_.run(inbox_.store({raw(++other, 20)}));
      while (world_.step(taking) > 0) {
      }
      world_.clock.advance(Millis(1'000));
    }
  }
  EXPECT_EQ(world_.number("SELECT count(*) FROM inbox WHERE state = 'poison' AND update_id = 1"), 1);
  EXPECT_EQ(std::ranges::count(handler.seen, 2), 1) << "its lane goes on";
  EXPECT_LT(handler.tries, 20);
}

TEST_F(InboxWorkerTest, k03b_AnOutageOfEverybodyIsWaitedOutHoweverLong) {
  Lonely handler(inbox_);
  InboxWorker taking(world_.context, inbox_, handler);
  world_.run(inbox_.store({raw(1, 10)}));
  for (int second = 0; second < 3'600; ++second) {
    world_.step(taking);
    world_.clock.advance(Millis(1'000));
  }
  EXPECT_EQ(world_.number("SELECT count(*) FROM inbox WHERE state = 'new'"), 1);
}

/// Ends every update, but while its neighbour is away.
class Neighbour final : public UpdateHandler {
 public:
  explicit Neighbour(Inbox& inbox) : inbox_(inbox) {}
  Task<void> handle(ClaimedUpdate update) override {
    seen.push_back(update.update_id);
    attempts.insert(update.attempts);
    if (is_away) {
      throw Away("no answer");
    }
    co_await inbox_.done(std::move(update));
  }

  bool is_away = true;
  Keys seen;
  std::set<std::int64_t> attempts;

 private:
  Inbox& inbox_;
};

/// Many chats, and a neighbour that stays away.
class AbsenceTest : public InboxWorkerTest {
 protected:
  static constexpr std::int64_t kChats = 20;

  AbsenceTest() {
    std::vector<RawUpdate> updates;
    for (std::int64_t chat = 1; chat <= kChats; ++chat) {
      updates.push_back(raw(chat, chat));
    }
    world_.run(inbox_.store(std::move(updates)));
  }
  /// Lets time pass as the loop would, in steps of 100 ms; how many updates were begun.
  int live(Millis time) {
    int begun = 0;
    for (Millis passed{0}; passed < time; passed += Millis(100)) {
      const auto due = world_.run(worker_.due_in());
      if (due && *due <= Millis(0)) {
        begun += world_.step(worker_);
      }
      world_.clock.advance(Millis(100));
    }
    return begun;
  }
  std::int64_t open() { return world_.number("SELECT count(*) FROM inbox WHERE state <> 'done'"); }

  Neighbour neighbour_{inbox_};
  InboxWorker worker_{world_.context, inbox_, neighbour_};
};

TEST_F(AbsenceTest, k03d_HoweverLongItLastsNothingIsCountedAgainstTheUpdates) {
  live(Millis(600'000));
  EXPECT_EQ(open(), kChats);
  EXPECT_EQ(world_.number("SELECT count(*) FROM inbox WHERE state = 'poison'"), 0);
  EXPECT_EQ(neighbour_.attempts, std::set<std::int64_t>({1}));
  neighbour_.is_away = false;
  live(Millis(10'000));
  EXPECT_EQ(open(), 0);
}

TEST_F(AbsenceTest, OneAtATimeFindsOutWhetherItIsOver) {
  EXPECT_EQ(world_.step(worker_), kChats) << "nobody knew yet";
  EXPECT_EQ(world_.step(worker_), 0);
  world_.clock.advance(Millis(60'000));
  auto probe = world_.run(worker_.claim(100));
  ASSERT_EQ(probe.size(), 1U);
  EXPECT_EQ(world_.run(worker_.due_in()), std::nullopt);
  EXPECT_TRUE(world_.run(worker_.claim(100)).empty()) << "while it is under way";
  world_.run(std::move(probe[0]));
  EXPECT_GT(world_.run(worker_.due_in()), Millis(0)) << "not at once again";
  const int begun = live(Millis(100'000));
  EXPECT_GE(begun, 20) << "at least every five seconds";
  EXPECT_LE(begun, 30) << "and hardly more often";
}

TEST_F(AbsenceTest, OnceItIsOverEverybodyIsServedAtOnce) {
  live(Millis(60'000));
  neighbour_.is_away = false;
  world_.clock.advance(Millis(5'000));
  EXPECT_EQ(world_.step(worker_), 1);
  EXPECT_EQ(world_.step(worker_), kChats - 1);
}

TEST_F(AbsenceTest, AnotherLaneProbesNextSoThatOneUpdateAloneHoldsUpNobody) {
  live(Millis(60'000));
  const std::set<std::int64_t> seen(neighbour_.seen.end() - 10, neighbour_.seen.end());
  EXPECT_EQ(seen.size(), 10U);
}

}  // namespace
}  // namespace aisha::services
