// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/orphans.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/avatar.hpp"
#include "domain/picture.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using ::testing::HasSubstr;

constexpr Millis kDay{24LL * 3'600'000};

class OrphansTest : public ::testing::Test {
 protected:
  OrphansTest() {
    world_.meet();
    EXPECT_TRUE(world_.run(claim_bucket(world_.blobs, database())));
  }

  Uuid database() {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    return world_.run(stores::identity::load(unit));
  }

  Uuid new_id() { return Uuid::v7(world_.clock.now(), world_.rng); }
  std::string put(std::string key) {
    world_.blobs.objects[{blobs::Bucket::generated, key}] = "bytes";
    return key;
  }
  /// An object under the key of `id`, as if it were stored now.
  std::string put(const Uuid& id, std::string_view extension = "jpg") {
    return put(domain::object_key(id.time(), id, extension));
  }
  bool is_there(const std::string& key) const { return world_.blobs.objects.contains({blobs::Bucket::generated, key}); }
  /// As often as there are days to catch up with, one each.
  void run() {
    for (int day = 0; day < 4; ++day) {
      world_.run(orphans_.run());
    }
  }
  void write(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), 1});
    world_.run(world_.db->write(std::move(batch))).value();
  }

  ServiceWorld world_;
  Orphans orphans_{world_.context, world_.blobs};
};

TEST_F(OrphansTest, WhatNoRowNamesGoesTwoDaysAfterItsDay) {
  const std::string lost = put(new_id());
  const std::string small = put(new_id(), "thumb.webp");
  const TimePoint end_of_day = std::chrono::floor<std::chrono::days>(world_.clock.now()) + kDay;
  run();
  EXPECT_TRUE(is_there(lost));
  world_.clock.advance(end_of_day + 2 * kDay - Millis(1) - world_.clock.now());
  run();
  EXPECT_TRUE(is_there(lost)) << "something of it may be under way";
  world_.clock.advance(Millis(1));
  run();
  EXPECT_FALSE(is_there(lost));
  EXPECT_FALSE(is_there(small));
  EXPECT_THAT(world_.registry.text(), HasSubstr("aisha_orphans_removed_total 2\n"));
}

TEST_F(OrphansTest, OfAvatarsWhatNoRowNamesGoesWhenItIsOld) {
  const Uuid avatar = new_id();
  const std::string lost = put(domain::lora_object_key(avatar, new_id()));
  const std::string lost_face = put(domain::face_object_key(new_id(), new_id()));
  const std::string named = put(domain::lora_object_key(avatar, new_id()));
  const std::string named_face = put(domain::face_object_key(avatar, new_id()));
  const std::string unknown = put("avatars/" + avatar.to_string() + "/notes.txt");
  write(sql::Statement("UPDATE avatars SET id = $1 WHERE name <> ''", avatar));
  write(
      sql::Statement("INSERT INTO avatar_faces (avatar_id, photo) VALUES ($1, $2)"
                     " ON CONFLICT (avatar_id) DO UPDATE SET photo = excluded.photo",
                     avatar, named_face));
  write(
      sql::Statement("INSERT INTO avatar_details (avatar_id, made_from, lora_key, lora_bytes, lora_sha256)"
                     " VALUES ($1, 'imported', $2, 5, $3)",
                     avatar, named, std::string(64, 'a')));
  run();
  EXPECT_TRUE(is_there(lost)) << "its row may be written in a moment";
  world_.clock.advance(4 * kDay);
  const std::string young = put(domain::lora_object_key(avatar, new_id()));
  run();
  EXPECT_FALSE(is_there(lost));
  EXPECT_FALSE(is_there(lost_face));
  for (const std::string& key : {named, named_face, unknown, young}) {
    EXPECT_TRUE(is_there(key)) << key;
  }
}

TEST_F(OrphansTest, WhatARowNamesStays) {
  const Uuid ready = world_.tap().id;
  world_.settle();
  const Uuid trashed = world_.tap().id;
  world_.settle();
  write(sql::Statement("UPDATE generation_requests SET deleted_at = $2 WHERE id = $1", trashed, world_.clock.now()));
  const Uuid open = world_.tap().id;
  const std::string unfinished = put(open);
  const std::string unfinished_small = put(open, "thumb.webp");
  world_.clock.advance(3 * kDay);
  run();
  for (const Uuid& id : {ready, trashed}) {
    const domain::Picture picture = world_.picture(id);
    ASSERT_EQ(picture.state, domain::PictureState::ready);
    EXPECT_TRUE(is_there(picture.object.key));
    EXPECT_TRUE(is_there(domain::thumbnail_key(picture.created_at, id)));
  }
  EXPECT_TRUE(is_there(unfinished));
  EXPECT_TRUE(is_there(unfinished_small));
}

TEST_F(OrphansTest, WhatARowNamesNoLongerGoes) {
  const Uuid ready = world_.tap().id;
  world_.settle();
  const std::string stale = put(ready, "png");
  ASSERT_NE(world_.picture(ready).object.key, stale);
  const Uuid cancelled = world_.tap().id;
  write(sql::Statement("UPDATE generation_requests SET status = 'cancelled', finished_at = $2 WHERE id = $1", cancelled,
                       world_.clock.now()));
  const std::string late = put(cancelled);
  const std::string late_small = put(cancelled, "thumb.webp");
  world_.clock.advance(3 * kDay);
  run();
  EXPECT_TRUE(is_there(world_.picture(ready).object.key));
  EXPECT_FALSE(is_there(stale));
  EXPECT_FALSE(is_there(late));
  EXPECT_FALSE(is_there(late_small));
}

TEST_F(OrphansTest, WhatIsNotOursIsLeftAlone) {
  Uuid foreign = new_id();
  const std::string day = domain::object_key(world_.clock.now(), foreign, "").substr(0, 11);
  foreign.bytes[0] ^= 1;  // of another time than the folder says
  const std::string odd = put(day + foreign.to_string() + ".jpg");
  const std::string plain = put(day + "readme.txt");
  // An older bot named its objects after ids of its own.
  const Uuid imported = world_.tap().id;
  world_.settle();
  const std::string adopted = put(new_id());
  write(sql::Statement("UPDATE generation_requests SET object_key = $2 WHERE id = $1", imported, adopted));
  world_.clock.advance(3 * kDay);
  run();
  EXPECT_TRUE(is_there(odd));
  EXPECT_TRUE(is_there(plain));
  EXPECT_TRUE(is_there(adopted));
}

TEST_F(OrphansTest, EachDayIsSweptOnceAndNoneIsLeftOut) {
  world_.clock.advance(3 * kDay);
  run();
  // For some days nobody looks.
  std::vector<std::string> lost;
  for (int day = 0; day < 3; ++day) {
    lost.push_back(put(new_id()));
    world_.clock.advance(kDay);
  }
  world_.clock.advance(3 * kDay);
  for (int round = 0; round < 6; ++round) {
    run();
  }
  for (const std::string& key : lost) {
    EXPECT_FALSE(is_there(key)) << key;
  }
  const std::string later = put(lost.back());
  run();
  EXPECT_TRUE(is_there(later)) << "its day is done";
}

TEST_F(OrphansTest, ADayThatFailedIsDoneAgainWhenItsLeaseIsOver) {
  const std::string lost = put(new_id());
  world_.clock.advance(3 * kDay);
  world_.blobs.broken = Errc::unavailable;
  run();
  world_.blobs.broken.reset();
  run();
  EXPECT_TRUE(is_there(lost)) << "another process may still be at it";
  world_.clock.advance(Millis(300'000));
  run();
  EXPECT_FALSE(is_there(lost));
}

TEST_F(OrphansTest, Row100_NothingIsRemovedFromTheStoreOfAnotherDatabase) {
  const std::string theirs = put(new_id());
  ASSERT_TRUE(world_.run(take_bucket(world_.blobs, new_id())));
  world_.clock.advance(3 * kDay);
  run();
  EXPECT_TRUE(is_there(theirs));
  // Nor is the day done: it has its turn when the store is this one's again.
  ASSERT_TRUE(world_.run(take_bucket(world_.blobs, database())));
  world_.clock.advance(Millis(300'000));
  run();
  EXPECT_FALSE(is_there(theirs));
}

TEST_F(OrphansTest, NothingIsRemovedFromAStoreThatIsNobodys) {
  const std::string lost = put(new_id());
  world_.blobs.objects.erase({blobs::Bucket::generated, "databases/" + database().to_string()});
  world_.clock.advance(3 * kDay);
  run();
  EXPECT_TRUE(is_there(lost));
}

TEST_F(OrphansTest, ATakeoverInTheMiddleOfADayEndsIt) {
  const std::string lost = put(new_id());
  world_.clock.advance(3 * kDay);
  const std::string mark = "databases/" + new_id().to_string();
  world_.blobs.after_list = [&](const std::string& prefix) {
    if (prefix.starts_with("2")) {
      world_.blobs.objects[{blobs::Bucket::generated, mark}] = "";
    }
  };
  run();
  EXPECT_TRUE(is_there(lost));
}

TEST_F(OrphansTest, ADayWithoutASingleObjectThoughRowsNameSomeIsNotDone) {
  const Uuid ready = world_.tap().id;
  world_.settle();
  const std::string lost = put(new_id());
  const auto mounted = world_.blobs.objects;
  std::erase_if(world_.blobs.objects, [](const auto& object) { return object.first.second.starts_with("2"); });
  world_.clock.advance(3 * kDay);
  run();
  // The drive is mounted.
  world_.blobs.objects = mounted;
  world_.clock.advance(Millis(300'000));
  run();
  EXPECT_FALSE(is_there(lost));
  EXPECT_TRUE(is_there(world_.picture(ready).object.key));
}

TEST_F(OrphansTest, ADayWhosePicturesAreAwayForAWeekKeepsNoLaterOneFromItsTurn) {
  run();  // the first day that it ever looks at
  world_.tap();
  world_.settle();
  std::erase_if(world_.blobs.objects, [](const auto& object) { return object.first.second.starts_with("2"); });
  world_.clock.advance(kDay);
  const std::string lost = put(new_id());
  world_.clock.advance(2 * kDay);
  for (int day = 0; day < 7; ++day) {
    for (int times = 0; times < 4; ++times) {
      run();
    }
    EXPECT_TRUE(is_there(lost)) << "the day before is looked at again";
    world_.clock.advance(kDay);
  }
  run();
  run();
  EXPECT_FALSE(is_there(lost));
}

}  // namespace
}  // namespace aisha::services
