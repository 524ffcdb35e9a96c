// SPDX-License-Identifier: Apache-2.0
// What cannot be carried out stops nothing else.
#include "services/jobs/reaper.hpp"

#include <gtest/gtest.h>

#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

class ReaperTest : public JobTest {
 protected:
  void alter(sql::Text statement) { world_.run(world_.db->write({{sql::Statement(statement), std::nullopt}})).value(); }
  /// The provider's last word as a crash leaves it: kept and not applied.
  void keep_event(std::string request, std::string body, TimePoint received) {
    static constexpr sql::Text kEvent =
        "INSERT INTO provider_event (request_id, ok, body, code, retryable, received_at) VALUES ($1, 1, $2, '', 0, $3)";
    sql::Statement event(kEvent, std::move(request), std::move(body), received);
    world_.run(world_.db->write({{std::move(event), 1}})).value();
  }
  double failures(const std::string& step) {
    return world_.registry.counter("aisha_chore_failures_total", "", {{"step", step}}).value();
  }
};

TEST_F(ReaperTest, k07b_ABadEventStopsNeitherTheOthersNorWhatTheReaperAsksNext) {
  alter("CREATE TRIGGER wall BEFORE UPDATE ON jobs WHEN NEW.result = 'bad' BEGIN SELECT RAISE(ABORT, 'bad'); END");
  submit();
  const AcceptedOrder good = world_.tap(2002);
  submit();
  const AcceptedOrder unwanted = world_.tap(3003);
  alter("UPDATE jobs SET cancel_requested = 1 WHERE chat_id = 3003");
  const TimePoint now = world_.clock.now();
  keep_event("r-1", "bad", now - Millis(2));
  keep_event("r-2", write_result(fakes::ScriptedProvider::one_picture()), now - Millis(1));
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::running);
  EXPECT_EQ(world_.job(good.id).state, domain::JobState::storing);
  EXPECT_EQ(world_.job(unwanted.id).state, domain::JobState::cancelled);
  EXPECT_EQ(failures("provider_events"), 1);
}

TEST_F(ReaperTest, k07b_ABadEventIsPoisonTheFifthTimeAndItsJobEndsByTheDeadline) {
  alter("CREATE TRIGGER wall BEFORE UPDATE ON jobs WHEN NEW.result = 'bad' BEGIN SELECT RAISE(ABORT, 'bad'); END");
  submit();
  keep_event("r-1", "bad", world_.clock.now());
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event WHERE state = 'new'"), 1) << i;
    world_.reap();
  }
  EXPECT_EQ(world_.number("SELECT count(*) FROM provider_event WHERE state = 'poison' AND tries = 5"), 1);
  world_.reap();
  EXPECT_EQ(failures("provider_events"), 5);
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  expect_end(domain::JobState::failed, "job.deadline", Meaning::job_failed);
}

TEST_F(ReaperTest, k07b_AJobThatCannotBeEndedHoldsUpNoOther) {
  alter(
      "CREATE TRIGGER wall BEFORE UPDATE ON jobs WHEN NEW.chat_id = 1001 AND NEW.status = 'failed'"
      " BEGIN SELECT RAISE(ABORT, 'stuck'); END");
  const AcceptedOrder other = world_.tap(2002);
  world_.clock.advance(world_.policy.deadline);
  world_.reap();
  EXPECT_EQ(state(), domain::JobState::queued);
  EXPECT_EQ(world_.job(other.id).state, domain::JobState::failed);
  EXPECT_EQ(failures("deadlines"), 1);
  alter("DROP TRIGGER wall");
  world_.reap();
  expect_end(domain::JobState::failed, "job.deadline", Meaning::job_failed);
  EXPECT_EQ(failures("deadlines"), 1);
}

TEST_F(ReaperTest, k07b_ATableThatCannotBeSweptHoldsUpNoOther) {
  alter("CREATE TRIGGER wall BEFORE DELETE ON inbox BEGIN SELECT RAISE(ABORT, 'wall'); END");
  world_.settle();
  world_.clock.advance(world_.policy.retention + Millis(1));
  world_.run(world_.sweeper.run());
  EXPECT_GT(world_.number("SELECT count(*) FROM inbox"), 0);
  EXPECT_EQ(world_.number("SELECT count(*) FROM outbox"), 0);
  EXPECT_EQ(world_.number("SELECT count(*) FROM jobs"), 0);
  EXPECT_EQ(failures("old_updates"), 1);
}

}  // namespace
}  // namespace aisha::services
