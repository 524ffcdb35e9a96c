// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <stdexcept>

#include "services/inbox/inbox_worker.hpp"
#include "services/upkeep/samplers.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

class Handler final : public UpdateHandler {
 public:
  explicit Handler(Inbox& inbox) : inbox_(inbox) {}
  Task<void> handle(ClaimedUpdate update) override {
    if (update.body.contains("break")) {
      throw std::runtime_error("broken");
    }
    co_await inbox_.done(std::move(update));
  }

 private:
  Inbox& inbox_;
};

class Figure : public testing::Test {
 protected:
  bool shows(std::string_view line) { return world_.registry.text().contains(std::string(line) + "\n"); }

  fakes::ServiceWorld world_;
};

TEST_F(Figure, CountsUpdatesByKindAndOutcome) {
  Handler handler(world_.inbox);
  InboxWorker taking(world_.context, world_.inbox, handler);
  const auto store = [&](std::int64_t key, std::int64_t lane, std::string kind, std::string body, bool poison = false) {
    world_.run(world_.inbox.store({RawUpdate{key, lane, std::move(kind), std::move(body), poison}}));
  };
  store(1, 10, "callback_query", "{}");
  store(1, 10, "callback_query", "{}");
  store(2, 20, "message", "break");
  store(0, 0, "other", "no update", true);
  world_.step(taking);
  EXPECT_TRUE(shows(R"(aisha_updates_received_total{what="new"} 2)"));
  EXPECT_TRUE(shows(R"(aisha_updates_received_total{what="repeated"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_updates_received_total{what="malformed"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_updates_handled_total{kind="callback_query",outcome="done"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_updates_handled_total{kind="message",outcome="failed"} 1)")) << world_.registry.text();
}

TEST_F(Figure, CountsCoinsAndPicturesOnceTheyAreDurable) {
  auto dropped = world_.open(7);
  ASSERT_TRUE(world_.request(dropped, world_.order(), "tap:0"));
  EXPECT_TRUE(shows(R"(aisha_coins_total{move="held"} 0)"));

  world_.tap();
  world_.settle();
  EXPECT_TRUE(shows(R"(aisha_coins_total{move="held"} 5)"));
  EXPECT_TRUE(shows(R"(aisha_coins_total{move="captured"} 5)"));
  EXPECT_TRUE(shows("aisha_pictures_stored_total 1"));
  EXPECT_TRUE(shows("aisha_picture_seconds_count 1"));
  EXPECT_TRUE(shows(R"(aisha_deliveries_total{meaning="job_result",outcome="sent"} 1)"));

  world_.provider.submits.push_back(fail(Errc::provider_rejected, "no"));
  world_.tap();
  world_.settle();
  EXPECT_TRUE(shows(R"(aisha_coins_total{move="released"} 5)"));
  EXPECT_TRUE(shows(R"(aisha_jobs_without_picture_total{state="failed",code="provider.rejected"} 1)"));
}

TEST_F(Figure, TellsHowMuchLiesInTheTablesAndSinceWhen) {
  Samplers measuring(world_.context, world_.provider_state);
  world_.tap();
  world_.clock.advance(Millis(2'500));
  world_.run(measuring.run());
  EXPECT_TRUE(shows(R"(aisha_jobs_open{kind="picture",state="queued"} 1)"));
  EXPECT_TRUE(shows(R"(aisha_jobs_oldest_seconds{kind="picture",state="queued"} 2.5)"));
  EXPECT_TRUE(shows("aisha_outbox_open 1"));
  EXPECT_TRUE(shows("aisha_inbox_open 0"));
  world_.settle();
  world_.run(measuring.run());
  EXPECT_TRUE(shows(R"(aisha_jobs_open{kind="picture",state="queued"} 0)"));
  EXPECT_TRUE(shows("aisha_outbox_oldest_seconds 0"));
}

}  // namespace
}  // namespace aisha::services
