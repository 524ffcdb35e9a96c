// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/samplers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using ::testing::HasSubstr;

/// Each count of the open jobs takes its time.
class SlowCount final : public sql::Database {
 public:
  SlowCount(sql::Database& database, fakes::ManualClock& clock) : database_(database), clock_(clock) {}

  Task<sql::Rows> read(sql::Statement statement) override {
    if (std::string_view(statement.text.c_str()).find("FROM jobs WHERE finished_at IS NULL GROUP") !=
        std::string_view::npos) {
      ++counts;
      clock_.advance(takes);
    }
    return database_.read(std::move(statement));
  }
  Task<Result<sql::Rows>> write(sql::Batch batch) override { return database_.write(std::move(batch)); }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }

  Millis takes{0};
  int counts = 0;

 private:
  sql::Database& database_;
  fakes::ManualClock& clock_;
};

class SamplersTest : public ::testing::Test {
 protected:
  SamplersTest() { world_.meet(); }

  /// One round, five seconds after the last.
  void round() {
    world_.clock.advance(Millis(5'000));
    world_.run(samplers_.run());
  }
  std::string open_jobs(int count) {
    return "aisha_jobs_open{kind=\"picture\",state=\"queued\"} " + std::to_string(count) + "\n";
  }

  ServiceWorld world_;
  SlowCount database_{*world_.db, world_.clock};
  Context context_{database_,      world_.clock,   world_.rng,    world_.policy,
                   world_.signals, world_.figures, *world_.cache, *world_.rates};
  Samplers samplers_{context_, world_.provider_state};
};

TEST_F(SamplersTest, TellTheOpenJobsAndTheAgeOfTheOldest) {
  round();
  EXPECT_THAT(world_.registry.text(), HasSubstr(open_jobs(0)));
  world_.tap();
  world_.clock.advance(Millis(2'000));
  world_.tap();
  round();
  EXPECT_THAT(world_.registry.text(), HasSubstr(open_jobs(2)));
  EXPECT_THAT(world_.registry.text(), HasSubstr("aisha_jobs_oldest_seconds{kind=\"picture\",state=\"queued\"} 7\n"));
}

TEST_F(SamplersTest, AQuickCountIsOfEachRound) {
  database_.takes = Millis(4);
  for (int i = 0; i < 12; ++i) {
    round();
  }
  EXPECT_EQ(database_.counts, 12);
}

TEST_F(SamplersTest, ADearCountIsAThousandthOfTheTimeAndIsMadeOnceAMinuteAtLeast) {
  database_.takes = Millis(20);
  for (int i = 0; i < 12; ++i) {
    round();
  }
  EXPECT_EQ(database_.counts, 3) << "one in 20 s";
  database_.takes = Millis(2'000);
  for (int i = 0; i < 36; ++i) {
    round();
  }
  EXPECT_EQ(database_.counts, 3 + 3);
  world_.tap();
  for (int i = 0; i < 12; ++i) {
    round();
  }
  EXPECT_THAT(world_.registry.text(), HasSubstr(open_jobs(1)));
}

}  // namespace
}  // namespace aisha::services
