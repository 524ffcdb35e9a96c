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
