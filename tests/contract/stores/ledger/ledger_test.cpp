// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace ledger = stores::ledger;
using namespace testing;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Ledger : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Ledger, ::testing::ValuesIn(engines()), case_name);

TEST_P(Ledger, AGrantHappensOnceForItsKey) {
  EXPECT_TRUE(write([&](UnitOfWork& u) { ledger::grant(u, user_.id, "promo:1", 7); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { ledger::grant(u, user_.id, "promo:1", 7); }));
  EXPECT_EQ(balance().available, 107);
}

TEST_P(Ledger, OpeningAccountsAgainChangesNothing) {
  EXPECT_TRUE(write([&](UnitOfWork& u) { ledger::open_accounts(u, user_.id); }));
  EXPECT_EQ(balance().available, 100);
}

Task<bool> commit_late(std::unique_ptr<UnitOfWork> unit) {
  const auto done = co_await unit->commit();
  co_return done.has_value();
}

TEST_P(Ledger, SixtyFourSpendersAtOnceWithCoinsForTwentyMakeTwentyHolds) {
  std::vector<Task<bool>> tasks;
  for (int i = 0; i < 64; ++i) {
    auto spending = std::make_unique<UnitOfWork>(db(), rng_);
    const Picture p = draft(user_);
    ask_for(*spending, p, "app:" + p.id.to_string());
    tasks.push_back(commit_late(std::move(spending)));
  }
  const auto paid = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count(paid, true), 100 / kPrice);
  EXPECT_EQ(balance().available, 0);
  EXPECT_EQ(balance().held, 100);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM generation_requests")), 100 / kPrice);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Ledger, AJobIsHeldOnce) {
  const Job job = queued();
  EXPECT_FALSE(write([&](UnitOfWork& u) { ledger::hold(u, job.user_id, job.id, job.price); }));
  EXPECT_EQ(balance().held, kPrice);
}

TEST_P(Ledger, AHoldIsResolvedOnceWhicheverWay) {
  const Job job = queued();
  EXPECT_TRUE(write([&](UnitOfWork& u) { ledger::release(u, job.user_id, job.id, job.price); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { ledger::release(u, job.user_id, job.id, job.price); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { ledger::capture(u, job.user_id, job.id, job.price); }));
  EXPECT_EQ(balance().available, 100);
}

TEST_P(Ledger, TheSchemaItselfRefusesASecondResolution) {
  const Job job = queued();
  ASSERT_TRUE(write([&](UnitOfWork& u) { ledger::release(u, job.user_id, job.id, job.price); }));
  sql::Batch batch;
  batch.push_back({sql::Statement("INSERT INTO ledger_transfer (id, idem_key, kind, from_id, to_id, amount, job_id,"
                                  " hold_id, created_at) SELECT $1, 'by hand', 'capture', t.to_id, t.from_id, t.amount,"
                                  " t.job_id, t.id, t.created_at FROM ledger_transfer t WHERE t.kind = 'hold'",
                                  Uuid::v7(db().now(), rng_)),
                   1});
  EXPECT_THROW(run(db().write(std::move(batch))), sql::ConstraintViolation);
}

TEST_P(Ledger, ABalanceBelowZeroCannotBeWritten) {
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE ledger_account SET balance = -1 WHERE kind = 'available'"), 1});
  EXPECT_THROW(run(db().write(std::move(batch))), sql::ConstraintViolation);
}

TEST_P(Ledger, TransfersAreNeverChangedOrDeleted) {
  for (const sql::Text text :
       {sql::Text("UPDATE ledger_transfer SET amount = 1"), sql::Text("DELETE FROM ledger_transfer")}) {
    sql::Batch batch;
    batch.push_back({sql::Statement(text), std::nullopt});
    EXPECT_THROW(run(db().write(std::move(batch))), sql::ConstraintViolation);
  }
}

TEST_P(Ledger, AFreeJobMovesNothing) {
  Picture free = draft(user_);
  free.price = 0;
  ASSERT_TRUE(write([&](UnitOfWork& u) { ask_for(u, free, "free"); }));
  EXPECT_EQ(balance().available, 100);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Ledger, TheCheckerNamesWhatWasTamperedWith) {
  const Job job = queued();
  sql::Batch batch;
  batch.push_back({sql::Statement("UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'held'"), 1});
  batch.push_back({sql::Statement("DELETE FROM request_keys"), 1});
  ASSERT_TRUE(run(db().write(std::move(batch))));
  const auto findings = broken_invariants();
  for (const char* invariant : {"I2 ", "I3 ", "I6 ", "I10 "}) {
    EXPECT_THAT(findings, Contains(HasSubstr(invariant)));
  }
}

TEST_P(Ledger, TheCheckerMissesTheResultMessageOfAFinishedJob) {
  const Job done = succeeded("t1");
  stores::audit::Rules rules;
  rules.kept_for = Millis(0);
  const auto check = [&] { return ask([&](UnitOfWork& u) { return stores::audit::violations(u, rules); }); };
  EXPECT_THAT(check(), Contains(HasSubstr("I8 ")));
  stores::outbox::Message message;
  message.lane = user_.telegram_id;
  message.kind = "job_result";
  message.ref = done.id.to_string();
  message.dedupe_key = domain::result_message_key(done.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::outbox::enqueue(u, message); }));
  EXPECT_THAT(check(), IsEmpty());
}

/// A job that exists already is refused by its key.
Task<bool> commit_or_refusal(UnitOfWork& unit) {
  try {
    const auto done = co_await unit.commit();
    co_return done.has_value();
  } catch (const sql::ConstraintViolation&) {
    co_return false;
  }
}

Task<std::int64_t> random_operations(sql::Database& database, SeededRng& rng, std::vector<Job> jobs, int count) {
  std::int64_t applied = 0;
  for (int i = 0; i < count; ++i) {
    UnitOfWork unit(database, rng);
    Job& job = jobs[rng.below(jobs.size())];
    switch (rng.below(5)) {
      case 0:
        ledger::grant(unit, job.user_id, std::to_string(rng.below(400)), 1 + static_cast<std::int64_t>(rng.below(9)));
        break;
      case 1:
        stores::jobs::create(unit, job);
        ledger::hold(unit, job.user_id, job.id, job.price);
        break;
      case 2: ledger::hold(unit, job.user_id, job.id, job.price); break;
      case 3: ledger::capture(unit, job.user_id, job.id, job.price); break;
      default: ledger::release(unit, job.user_id, job.id, job.price);
    }
    const auto done = co_await commit_or_refusal(unit);
    applied += done ? 1 : 0;
  }
  co_return applied;
}

TEST_P(Ledger, TenThousandRandomOperationsSumToZero) {
  std::vector<domain::User> users{user_, make_user(1002, 30), make_user(1003, 400)};
  std::vector<Task<std::int64_t>> tasks;
  for (int worker = 0; worker < 50; ++worker) {
    std::vector<Job> jobs;
    for (int i = 0; i < 40; ++i) {
      jobs.push_back(job_for(draft(users[rng_.below(users.size())])));
    }
    tasks.push_back(random_operations(db(), rng_, std::move(jobs), 200));
  }
  std::int64_t applied = 0;
  for (const std::int64_t count : run_all(std::move(tasks))) {
    applied += count;
  }
  EXPECT_GT(applied, 300);
  for (const std::string& finding : broken_invariants()) {
    // Holds are resolved here without their jobs moving, so only the accounts' own invariants apply.
    EXPECT_FALSE(finding.starts_with("I1 ") || finding.starts_with("I2 ") || finding.starts_with("I3 ") ||
                 finding.starts_with("I4 "))
        << finding;
  }
}

}  // namespace
}  // namespace aisha
