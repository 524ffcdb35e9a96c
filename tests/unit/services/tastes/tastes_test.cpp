// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/tastes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/zone.hpp"
#include "services/tastes/neighbour_counting.hpp"
#include "services/tastes/style_counting.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const catalog::Audience kAnybody;
constexpr Millis kMinute{60'000};
constexpr Millis kDay = 24 * 60 * kMinute;

class TastesTest : public ::testing::Test {
 protected:
  void write(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), 1});
    world_.run(world_.db->write(std::move(batch))).value();
  }
  Uuid person(int number) {
    const auto found = people_.find(number);
    if (found != people_.end()) {
      return found->second;
    }
    world_.clock.advance(Millis(1));
    const Uuid id = Uuid::v7(world_.clock.now(), world_.rng);
    write(
        sql::Statement("INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot,"
                       " is_blocked, created_at, updated_at) VALUES ($1, $2, 'Ann', 'en', false, false, false, $3,"
                       " $3)",
                       id, std::to_string(9'000 + number), world_.clock.now()));
    return people_.emplace(number, id).first->second;
  }
  /// A picture in a style, finished now.
  void make(int who, const char* style) {
    const Uuid user = person(who);
    write(
        sql::Statement("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id,"
                       " local_day, status, bucket, object_key, width, height, bytes, sha256, content_type,"
                       " created_at, finished_at) VALUES ($1, $2, $3, 'p', 'm', 0, 1, '2026-01-15', 'ready', 'b',"
                       " $4, 1, 1, 1, $5, 'image/jpeg', $6, $6)",
                       Uuid::v7(world_.clock.now(), world_.rng), user, style, std::to_string(++objects_),
                       std::string(64, 'a'), world_.clock.now()));
  }
  void did(int who, const char* style, std::int64_t made, std::int64_t kept = 0) {
    write(
        sql::Statement("INSERT INTO user_days (user_id, local_day, style, pictures, made, kept)"
                       " VALUES ($1, $2, $3, $4, $4, $5)",
                       person(who), local_day(world_.clock.now(), "UTC"), style, made, kept));
  }
  /// Fifty pictures of ten people: three in `first` for each two in `second`.
  void crowd(const char* first, const char* second) {
    for (int who = 0; who < 10; ++who) {
      for (int n = 0; n < 5; ++n) {
        make(who, n % 2 == 0 || who % 2 == 0 ? first : second);
      }
    }
  }
  void count() { world_.run(counting_.run()); }
  void read() { world_.run(tastes_.run()); }
  /// The half hour after which everything is counted and read anew.
  void half_an_hour() {
    world_.clock.advance(31 * kMinute);
    count();
    world_.clock.advance(kMinute);
    read();
  }
  bool is_counted(const char* chore) {
    return world_
               .run(world_.db->read(
                   sql::Statement("SELECT count(*) FROM chores WHERE name = $1 AND mark > 0", chore)))[0]
               .i64(0) == 1;
  }

  ServiceWorld world_;
  Tastes tastes_{world_.context, *world_.templates};
  StyleCounting counting_{world_.context};
  NeighbourCounting neighbours_{world_.context};

 private:
  std::map<int, Uuid> people_;
  std::int64_t objects_ = 0;
};

TEST_F(TastesTest, AColdSystemShowsNoFlameAndOnlyAStart) {
  const auto before = tastes_.popular(kAnybody);
  EXPECT_FALSE(before.styles.empty()) << "before anything was read";
  count();
  read();
  EXPECT_EQ(tastes_.popular(kAnybody).counted, 0U);
  EXPECT_EQ(tastes_.popular(kAnybody).styles.front(), "business") << "the catalogue's order";
  EXPECT_THAT(tastes_.flames(kAnybody), IsEmpty());
  EXPECT_THAT(tastes_.rising(kAnybody), IsEmpty());
}

TEST_F(TastesTest, FortyNinePicturesOrNinePeopleAreAStartStill) {
  for (int i = 0; i < 49; ++i) {
    make(i % 10, "noir");
  }
  half_an_hour();
  EXPECT_THAT(tastes_.flames(kAnybody), IsEmpty());
  make(0, "noir");
  half_an_hour();
  EXPECT_THAT(tastes_.flames(kAnybody), ElementsAre("noir"));
}

TEST_F(TastesTest, NinePeopleAreAStartHoweverMuchTheyMake) {
  for (int i = 0; i < 200; ++i) {
    make(i % 9, "noir");
  }
  half_an_hour();
  EXPECT_THAT(tastes_.flames(kAnybody), IsEmpty());
}

TEST_F(TastesTest, TheShelfIsFilledUpByTheCatalogueWithoutFlames) {
  crowd("noir", "royal");
  half_an_hour();
  const auto shelf = tastes_.popular(kAnybody);
  EXPECT_EQ(shelf.counted, 2U);
  ASSERT_GT(shelf.styles.size(), 3U);
  EXPECT_EQ(shelf.styles[0], "noir");
  EXPECT_EQ(shelf.styles[1], "royal");
  EXPECT_EQ(shelf.styles[2], "business");
  EXPECT_THAT(tastes_.flames(kAnybody), ElementsAre("noir", "royal"));
}

TEST_F(TastesTest, StylesThatAreGoneAreNotShown) {
  crowd("taken-out", "royal");
  half_an_hour();
  EXPECT_THAT(tastes_.flames(kAnybody), ElementsAre("royal"));
}

TEST_F(TastesTest, WhatAnotherProcessReadIsTakenFromShortMemory) {
  crowd("noir", "royal");
  half_an_hour();
  Tastes other(world_.context, *world_.templates);
  world_.asked.statements.clear();
  world_.run(other.run());
  EXPECT_THAT(other.flames(kAnybody), ElementsAre("noir", "royal"));
  EXPECT_EQ(world_.asked.statements.size(), 1U) << "the neighbours alone";
}

TEST_F(TastesTest, IsReadAgainAfterHalfAnHourAndNotBefore) {
  crowd("noir", "royal");
  did(1, "noir", 5);
  world_.run(neighbours_.run());
  half_an_hour();
  world_.asked.statements.clear();
  for (int i = 0; i < 29; ++i) {
    world_.clock.advance(kMinute);
    read();
  }
  EXPECT_LE(world_.asked.statements.size(), 29U) << "no neighbours yet: those alone are looked for";
  for (const auto& statement : world_.asked.statements) {
    EXPECT_EQ(std::string_view(statement.text.c_str()).find("style_days"), std::string_view::npos);
  }
}

TEST_F(TastesTest, DaysThatPassedWhileNobodyCountedAreCaughtUpWith) {
  count();
  crowd("noir", "royal");
  world_.clock.advance(5 * kDay);
  half_an_hour();
  EXPECT_THAT(tastes_.flames(kAnybody), ElementsAre("noir", "royal"));
}

TEST_F(TastesTest, CountingIsDoneOncePerHalfHourByWhomeverComesFirst) {
  count();
  StyleCounting other(world_.context);
  make(1, "noir");
  world_.run(other.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM style_days"), 0) << "this half hour is done";
  world_.clock.advance(31 * kMinute);
  world_.run(other.run());
  count();
  EXPECT_EQ(world_.number("SELECT count(*) FROM style_days"), 1);
}

TEST_F(TastesTest, NeighboursAreWhatTheSamePeopleLike) {
  for (int who = 0; who < 40; ++who) {
    did(who, "noir", 3);
    did(who, who % 4 == 0 ? "royal" : "art", 3);
    did(who, "taken-out", 3);
  }
  EXPECT_THAT(tastes_.neighbours("noir", kAnybody), IsEmpty());
  world_.run(neighbours_.run());
  read();
  EXPECT_THAT(tastes_.neighbours("noir", kAnybody), ElementsAre("art", "royal"));
  EXPECT_THAT(tastes_.neighbours("unknown", kAnybody), IsEmpty());
  EXPECT_TRUE(is_counted("style_neighbours"));
}

TEST_F(TastesTest, NeighboursAreCountedEverySixHours) {
  world_.run(neighbours_.run());
  for (int who = 0; who < 5; ++who) {
    did(who, "noir", 3);
    did(who, "art", 3);
  }
  world_.run(neighbours_.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM style_neighbours"), 0);
  world_.clock.advance(6 * 60 * kMinute);
  world_.run(neighbours_.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM style_neighbours"), 2);
}

TEST_F(TastesTest, APersonsOwnStylesMakeTheirShelf) {
  for (int who = 0; who < 40; ++who) {
    did(who, "noir", 3);
    did(who, "royal", 3);
  }
  did(99, "noir", 2, 1);
  did(99, "theatre", 1);
  did(99, "sunset", 1);
  world_.run(neighbours_.run());
  read();
  const PersonStyles own = world_.run(tastes_.own(person(99)));
  const auto all = tastes_.for_you(own, kAnybody);
  ASSERT_GE(all.size(), kForYouPerPage);
  EXPECT_EQ(all[0].style, "royal");
  EXPECT_EQ(all[0].why, Why::liked);
  EXPECT_EQ(all[0].because, "noir");
  EXPECT_EQ(all[1].why, Why::start) << "nobody made anything here";
  EXPECT_TRUE(std::ranges::none_of(all, [](const Recommended& one) { return one.style == "noir"; }));
}

}  // namespace
}  // namespace aisha::services
