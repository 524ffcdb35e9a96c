// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit.hpp"

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace audit = stores::audit;
using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Audit : public StoreTest {
 protected:
  std::vector<std::string> violations() {
    audit::Rules rules;
    // These tests send no messages: I8 is asked of none of them.
    rules.kept_for = Millis(0);
    return ask([&](UnitOfWork& u) { return audit::violations(u, rules); });
  }
  /// By pages that hold next to nothing.
  std::vector<std::string> violations_by_page() {
    audit::Rules rules;
    rules.kept_for = Millis(0);
    rules.settled = Millis(-1);
    rules.transfers = rules.accounts = 2;
    rules.requests = 1;
    return ask([&](UnitOfWork& u) { return audit::violations(u, rules); });
  }
  void change(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), std::nullopt});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Audit, ::testing::ValuesIn(engines()), case_name);

TEST_P(Audit, FindsNothingInWhatTheStoresWrite) {
  succeeded("a");
  running("b");
  queued();
  clock_.advance(Millis(1));
  EXPECT_THAT(violations(), IsEmpty());
}

TEST_P(Audit, SeesTheSameInSmallPages) {
  succeeded("a");
  const Job lost = succeeded("b");
  running("c");
  queued();
  clock_.advance(Millis(1));
  EXPECT_THAT(violations_by_page(), IsEmpty());
  change(sql::Statement("DELETE FROM generation_requests WHERE id = $1", lost.id));
  change(sql::Statement("UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'available'"));
  const auto found = violations();
  EXPECT_THAT(found, Contains(StartsWith("I2 account")));
  EXPECT_THAT(found, Contains("I3 all accounts together: 1"));
  EXPECT_THAT(found, Contains(StartsWith("I10 app:" + lost.id.to_string())));
  EXPECT_THAT(found, Contains(StartsWith("I13 job " + lost.id.to_string())));
  EXPECT_EQ(violations_by_page(), found);
}

TEST_P(Audit, GoesOnFromAnyPage) {
  succeeded("a");
  const Job open = running("b");
  clock_.advance(Millis(1));
  change(sql::Statement("DELETE FROM jobs WHERE id = $1", open.id));
  audit::Rules rules;
  rules.kept_for = Millis(0);
  rules.settled = Millis(-1);
  rules.transfers = rules.accounts = rules.requests = 1;
  std::vector<std::string> found;
  audit::Mark mark;
  int pages = 0;
  while (mark.part != audit::Part::none) {
    const auto page = ask([&](UnitOfWork& u) { return audit::look(u, rules, mark); });
    EXPECT_EQ(ask([&](UnitOfWork& u) { return audit::look(u, rules, mark); }).found, page.found) << "a second look";
    found.insert(found.end(), page.found.begin(), page.found.end());
    mark = page.next;
    ++pages;
  }
  // Two grants' worth of transfers, three accounts, two requests, and each part's end.
  EXPECT_GT(pages, 10);
  EXPECT_EQ(found, violations());
  EXPECT_THAT(found, Contains(StartsWith("I13 request " + open.id.to_string())));
}

TEST_P(Audit, I8AnEndedRequestThatNobodyWasTold) {
  const Job told = succeeded("a");
  const Job untold = succeeded("b");
  const auto tell = [&](UnitOfWork& u, const std::string& key) {
    stores::outbox::Message message;
    message.lane = user_.telegram_id;
    message.kind = "job_result";
    message.ref = told.id.to_string();
    message.dedupe_key = key;
    stores::outbox::enqueue(u, message);
  };
  ASSERT_TRUE(write([&](UnitOfWork& u) { tell(u, domain::result_message_key(told.id)); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { tell(u, domain::result_message_key(untold.id) + ":again:5"); }));
  audit::Rules rules;
  rules.kept_for = Millis(60'000);
  const auto found = ask([&](UnitOfWork& u) { return audit::violations(u, rules); });
  EXPECT_THAT(found, ElementsAre(StartsWith("I8 request " + untold.id.to_string())));
}

TEST_P(Audit, I9AnOpenRequestLongAfterItsDeadline) {
  const Job job = queued();
  change(sql::Statement("UPDATE jobs SET deadline_at = $1 WHERE id = $2", clock_.now() - Millis(6 * 60'000), job.id));
  EXPECT_THAT(violations(), ElementsAre(StartsWith("I9 job " + job.id.to_string())));
}

TEST_P(Audit, I11ATryThatIsNotWrittenDown) {
  const Job job = running("a");
  change(sql::Statement("UPDATE jobs SET attempt = attempt + 1 WHERE id = $1", job.id));
  EXPECT_THAT(violations(), ElementsAre(StartsWith("I11 job " + job.id.to_string())));
}

TEST_P(Audit, I12ARunningRequestThatTheProviderNeverTook) {
  const Job job = running("a");
  change(
      sql::Statement("UPDATE provider_attempt SET request_id = NULL, state = 'ambiguous' WHERE job_id = $1", job.id));
  EXPECT_THAT(violations(), ElementsAre(StartsWith("I12 job " + job.id.to_string())));
}

TEST_P(Audit, I21AResultMadeAnewUnderAnotherHoldThanItsOwn) {
  running("a");
  happen(success("a"));
  const Job job = claimed(JobState::storing);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::jobs::reroll(u, job, "{}", "black"); }));
  EXPECT_THAT(violations(), IsEmpty());
  change(sql::Statement("UPDATE jobs SET price = 0 WHERE id = $1", job.id));
  EXPECT_THAT(violations(), Contains(StartsWith("I21 job " + job.id.to_string() + " queued: 1 holds")));
}

TEST_P(Audit, I13AJobAndItsRequestThatDisagree) {
  const Job done = succeeded("a");
  const Job open = queued();
  change(sql::Statement("UPDATE generation_requests SET status = 'cancelled', finished_at = $2 WHERE id = $1", open.id,
                        clock_.now()));
  EXPECT_THAT(violations(),
              Contains(StartsWith("I13 request " + open.id.to_string() + " is cancelled, its job queued")));
  change(sql::Statement("UPDATE generation_requests SET status = 'open', finished_at = NULL WHERE id = $1", open.id));
  change(sql::Statement("DELETE FROM jobs WHERE id = $1", open.id));
  EXPECT_THAT(violations(), Contains(StartsWith("I13 request " + open.id.to_string() + " is open, its job is gone")));
  change(sql::Statement("DELETE FROM jobs WHERE id = $1", done.id));
  EXPECT_THAT(violations(), Not(Contains(StartsWith("I13 request " + done.id.to_string()))))
      << "an ended one outlives it";
}

TEST_P(Audit, NamesThePicturesWhoseObjectsMustBeThere) {
  const Job first = succeeded("a");
  queued();
  const auto all = ask([](UnitOfWork& u) { return audit::pictures_after(u, Uuid{}, 10); });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].object_key, request(first.id).object.key);
  EXPECT_EQ(all[0].sha256, std::string(64, 'a'));
  EXPECT_THAT(ask([&](UnitOfWork& u) { return audit::pictures_after(u, first.id, 10); }), IsEmpty());
}

}  // namespace
}  // namespace aisha
