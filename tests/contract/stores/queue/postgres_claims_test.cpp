// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>
#include <set>

#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "tests/contract/support/postgres_test.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;

constexpr Millis kLease{600'000};
constexpr std::int64_t kBot = 7;
constexpr std::int64_t kLanes = 12;
constexpr std::int64_t kUpdates = 240;

/// What the workers of all "processes" together did.
struct Ledger {
  std::set<std::int64_t> held;
  std::map<std::int64_t, std::int64_t> last;
  std::int64_t done = 0;
  std::int64_t shared_lanes = 0;
  std::int64_t out_of_order = 0;
  std::int64_t refused = 0;
};

class PostgresClaims : public testing::MigratedPostgresTest {
 protected:
  void SetUp() override {
    MigratedPostgresTest::SetUp();
    for (int i = 0; i < 3 && !IsSkipped(); ++i) {
      processes_.push_back(open(options()));
    }
  }

  void fill() {
    std::string values;
    for (std::int64_t id = 1; id <= kUpdates; ++id) {
      values += (id == 1 ? "" : ",") + ("(7," + std::to_string(id) + "," + std::to_string(id % kLanes)) +
                ",'message','{}'," + (id <= kLanes ? "'epoch'" : "NULL") + ",'epoch')";
    }
    session().run("INSERT INTO aisha.inbox (bot_id, update_id, lane, kind, body, due_at, received_at) VALUES " +
                  values);
  }

  Task<void> work(sql::Database& database, Ledger& ledger) {
    while (ledger.done < kUpdates) {
      stores::UnitOfWork unit(database, rng_);
      const auto taken = co_await inbox::claim(unit, kBot, 3, kLease);
      for (const inbox::Taken& one : taken) {
        ledger.shared_lanes += ledger.held.insert(one.lane).second ? 0 : 1;
        ledger.out_of_order += std::exchange(ledger.last[one.lane], one.update_id) < one.update_id ? 0 : 1;
      }
      for (const inbox::Taken& one : taken) {
        ledger.held.erase(one.lane);
        stores::UnitOfWork end(database, rng_);
        inbox::done(end, one);
        const auto ended = co_await end.commit();
        ledger.refused += ended ? 0 : 1;
        ++ledger.done;
      }
    }
  }

  std::vector<std::unique_ptr<sql::Database>> processes_;
};

TEST_F(PostgresClaims, ProcessesThatClaimAtOnceNeverShareALaneAndKeepItsOrder) {
  fill();
  Ledger ledger;
  int ended = 0;
  int workers = 0;
  for (const auto& database : processes_) {
    for (int i = 0; i < 3; ++i, ++workers) {
      boost::asio::co_spawn(loop_, work(*database, ledger), [&](std::exception_ptr error) {
        EXPECT_FALSE(error);
        ++ended;
      });
    }
  }
  until([&] { return ended == workers; });
  EXPECT_EQ(ledger.done, kUpdates);
  EXPECT_EQ(ledger.shared_lanes, 0);
  EXPECT_EQ(ledger.out_of_order, 0);
  EXPECT_EQ(ledger.refused, 0);
}

TEST_F(PostgresClaims, AClaimTakesNoMoreThanItsLimitAndPassesByWhatOthersLock) {
  fill();
  auto other = session();
  other.run("BEGIN");
  // The heads of the first three lanes.
  other.run("SELECT 1 FROM aisha.inbox WHERE update_id <= 3 FOR UPDATE");
  stores::UnitOfWork unit(*processes_.front(), rng_);
  const auto taken = run(inbox::claim(unit, kBot, 5, kLease));
  std::vector<std::int64_t> ids;
  for (const inbox::Taken& one : taken) {
    ids.push_back(one.update_id);
  }
  EXPECT_THAT(ids, ::testing::UnorderedElementsAre(4, 5, 6, 7, 8));
  other.run("ROLLBACK");
}

}  // namespace
}  // namespace aisha
