// SPDX-License-Identifier: Apache-2.0
// How the engines find rows of a queue that has grown: by one probe of an index.
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;
namespace outbox = stores::outbox;
using stores::UnitOfWork;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PlanTest;

constexpr std::int64_t kBot = 7;

/// 20,000 rows wait in 5,000 lanes behind their heads, as many are done.
constexpr sql::Text kUpdates =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
    " INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, due_at, received_at)"
    " SELECT 7, i, i % 5000, 'message', $2, CASE WHEN i <= 20000 THEN 'new' ELSE 'done' END,"
    " CASE WHEN i <= 5000 THEN $1 END, $1 FROM n";
constexpr const char* kMessages =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
    " INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, idempotent, state, next_at, due_at, created_at, "
    "done_at)"
    " SELECT randomblob(16), 'k' || i, i % 5000, i, 'notice', $2, true,"
    " CASE WHEN i <= 20000 THEN 'pending' ELSE 'sent' END, $1, CASE WHEN i <= 5000 THEN $1 END, $1,"
    " CASE WHEN i > 20000 THEN $1 END FROM n";

class QueuePlans : public PlanTest {
 protected:
  QueuePlans() {
    // As long as a press: the planners weigh an index against the pages of the table.
    const std::string body(1'000, 'x');
    fill(kUpdates, clock_.now(), body);
    fill(with_ids(kMessages), clock_.now(), body);
    analyze();
  }

  /// Reads no table and no index from one end to the other, and sorts nothing.
  static void expect_probes(const std::string& plan, const std::string& index) {
    EXPECT_THAT(plan, HasSubstr(index));
    EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|Sort|SCAN (inbox|outbox|i|p)|TEMP B-TREE")));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, QueuePlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(QueuePlans, AClaimProbesTheHeadsThatAreDue) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(inbox::claim(u, kBot, 8, testing::kLease)); }), "inbox_due");
  expect_probes(plan_of([&](UnitOfWork& u) { run(outbox::claim(u, 8, testing::kLease)); }), "outbox_due");
}

TEST_P(QueuePlans, TheNextThatFallsDueIsTheFirstOfItsIndex) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(inbox::next_due(u)); }), "inbox_due");
  expect_probes(plan_of([&](UnitOfWork& u) { run(outbox::next_due(u)); }), "outbox_due");
}

TEST_P(QueuePlans, AnArrivalLooksForTheHeadOfItsLaneAlone) {
  const auto put = [&](UnitOfWork& u) {
    std::vector<inbox::Update> one;
    one.push_back({100'000, 5, "message", "{}"});
    run(inbox::put(u, kBot, std::move(one), testing::kLease));
  };
  const std::string plan = plan_of(put);
  EXPECT_THAT(plan, HasSubstr("inbox_lane"));
  EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|Sort|SCAN inbox|TEMP B-TREE")));
}

TEST_P(QueuePlans, TheNextOfALaneIsFoundByItsLane) {
  const auto taken = ask([&](UnitOfWork& u) { return inbox::claim(u, kBot, 1, testing::kLease); });
  const auto end = [&](UnitOfWork& u) {
    inbox::done(u, taken.at(0));
    EXPECT_TRUE(run(u.commit()));
  };
  expect_probes(plan_of(end, 1), "inbox_lane");
}

TEST_P(QueuePlans, AnUpdateThatEndsIsFoundByItsKey) {
  const auto taken = ask([&](UnitOfWork& u) { return inbox::claim(u, kBot, 1, testing::kLease); });
  const auto end = [&](UnitOfWork& u) {
    inbox::done(u, taken.at(0));
    EXPECT_TRUE(run(u.commit()));
  };
  expect_probes(plan_of(end), by_key());
}

/// As a database begins, and as it looks after each vacuum: nearly nothing waits.
class EmptyQueuePlans : public PlanTest {};
INSTANTIATE_TEST_SUITE_P(Engines, EmptyQueuePlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(EmptyQueuePlans, AnUpdateThatEndsIsFoundByItsKey) {
  for (const bool analyzed : {false, true}) {
    if (analyzed) {
      constexpr sql::Text kDone =
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
          " INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, received_at)"
          " SELECT 7, i, i, 'message', '', 'done', $1 FROM n";
      fill(kDone, clock_.now());
      analyze();
    }
    std::vector<inbox::Update> one;
    one.push_back({100'000 + (analyzed ? 1 : 0), 5, "message", "{}"});
    const auto intake = ask([&](UnitOfWork& u) { return inbox::put(u, kBot, one, testing::kLease); });
    const auto end = [&](UnitOfWork& u) {
      inbox::done(u, intake.taken.at(0));
      EXPECT_TRUE(run(u.commit()));
    };
    EXPECT_THAT(plan_of(end), HasSubstr(by_key())) << (analyzed ? "analyzed" : "fresh");
  }
}

TEST_P(QueuePlans, ASweepFindsItsBatchByAge) {
  const std::string updates = plan_of([&](UnitOfWork& u) { run(inbox::sweep(u, u.now(), 1'000)); });
  EXPECT_THAT(updates, HasSubstr("inbox_old"));
  EXPECT_THAT(updates, Not(ContainsRegex("Seq Scan|Sort|SCAN inbox")));
  const std::string messages = plan_of([&](UnitOfWork& u) { run(outbox::sweep(u, u.now(), 1'000)); });
  EXPECT_THAT(messages, HasSubstr("outbox_old"));
  EXPECT_THAT(messages, Not(ContainsRegex("Seq Scan|Sort|SCAN outbox")));
}

}  // namespace
}  // namespace aisha
