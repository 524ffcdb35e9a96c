// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>

#include "sql/postgres/notifications.hpp"
#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

using sql::postgres::HintTimes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Topics = std::vector<std::string>;

class PostgresHints : public testing::PostgresTest {
 protected:
  /// One process: what it has heard, and its way to tell.
  struct Peer {
    Topics heard;
    std::unique_ptr<sql::Hints> hints;

    std::ptrdiff_t starts() const { return std::ranges::count(heard, ""); }
    bool has(std::string_view topic) const { return std::ranges::count(heard, topic) > 0; }
  };

  std::unique_ptr<Peer> peer(HintTimes times = {}, std::string schema = "aisha") {
    auto out = std::make_unique<Peer>();
    auto reached = options();
    reached.schema = std::move(schema);
    out->hints =
        sql::postgres::share_hints(reached, times, loop_.get_executor(),
                                   [peer = out.get()](const std::string& topic) { peer->heard.push_back(topic); });
    until([&] { return out->starts() == 1; });
    return out;
  }

  /// After this, whatever was told before has been heard by everyone.
  void settle(Peer& from, Peer& to) {
    from.hints->tell("end");
    until([&] { return to.has("end"); });
    std::erase(to.heard, "end");
  }
};

TEST_F(PostgresHints, AnotherProcessHearsAndTheTellerDoesNot) {
  const auto a = peer();
  const auto b = peer();
  a->hints->tell("inbox");
  until([&] { return b->has("inbox"); });
  settle(*b, *a);
  EXPECT_THAT(a->heard, ElementsAre(""));
  EXPECT_THAT(b->heard, ElementsAre("", "inbox"));
}

TEST_F(PostgresHints, WhatIsToldWithinAMomentTravelsTogetherAndOnce) {
  const auto a = peer();
  const auto b = peer();
  for (int i = 0; i < 1000; ++i) {
    a->hints->tell("submit");
    a->hints->tell("outbox");
  }
  settle(*a, *b);
  EXPECT_EQ(std::ranges::count(b->heard, "submit"), 1);
  EXPECT_EQ(std::ranges::count(b->heard, "outbox"), 1);
}

TEST_F(PostgresHints, ATopicIsTextAndNeverSql) {
  const auto a = peer();
  const auto b = peer();
  const std::string topic = "'); DROP TABLE users; --\\";
  a->hints->tell(topic);
  until([&] { return b->has(topic); });
}

TEST_F(PostgresHints, SchemasOfOneDatabaseDoNotHearEachOther) {
  const auto a = peer();
  const auto same = peer();
  const auto other = peer({}, "another");
  a->hints->tell("inbox");
  settle(*a, *same);
  const auto witness = peer({}, "another");
  settle(*witness, *other);
  EXPECT_THAT(other->heard, ElementsAre(""));
}

TEST_F(PostgresHints, AfterALostConnectionEverythingIsLookedAtAgain) {
  const auto a = peer();
  const auto b = peer();
  cut_all();
  until([&] { return a->starts() == 2 && b->starts() == 2; });
  a->hints->tell("inbox");
  until([&] { return b->has("inbox"); });
}

TEST_F(PostgresHints, ASilentServerIsGivenUpAndAnotherConnectionMade) {
  HintTimes quick;
  quick.heartbeat = Millis(20);
  quick.patience = Millis(50);
  const auto b = peer(quick);
  // A stopped process holds its socket open and answers nothing, as a machine that lost its power does.
  const std::string pid = session().value(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  const auto server = static_cast<pid_t>(std::stol(pid));
  ASSERT_EQ(::kill(server, SIGSTOP), 0);
  until([&] { return b->starts() == 2; });
  EXPECT_EQ(::kill(server, SIGCONT), 0);
}

TEST_F(PostgresHints, AnIdleLineIsKept) {
  HintTimes quick;
  quick.heartbeat = Millis(5);
  const auto b = peer(quick);
  int beats = 0;
  const auto asked = [&] {
    // Each sign of life changes the statement's start.
    static std::string last;
    const std::string start = session().value(
        "SELECT query_start FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT 1'");
    beats += start != last && !start.empty() ? 1 : 0;
    last = start;
    return beats >= 3;
  };
  until(asked);
  EXPECT_THAT(b->heard, ElementsAre(""));
}

TEST_F(PostgresHints, AfterItsEndNothingIsHeardAndTheLoopRunsOut) {
  const auto a = peer();
  auto b = peer();
  b->hints.reset();
  b->heard.clear();
  a->hints->tell("inbox");
  const auto c = peer();
  settle(*a, *c);
  EXPECT_THAT(b->heard, IsEmpty());
  a->hints.reset();
  c->hints.reset();
  loop_.restart();
  loop_.run();
}

TEST_F(PostgresHints, AServerThatIsAwayIsTriedAgainWithoutHaste) {
  auto away = options();
  away.url = "postgres://postgres@127.0.0.1:1/nothing";
  bool heard = false;
  auto hints = sql::postgres::share_hints(away, {}, loop_.get_executor(), [&](const std::string&) { heard = true; });
  hints->tell("inbox");
  loop_.restart();
  const auto steps = loop_.run_for(Millis(600));
  EXPECT_LT(steps, 100U);
  EXPECT_FALSE(heard);
}

}  // namespace
}  // namespace aisha
