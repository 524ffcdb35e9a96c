// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/sweeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "cache/keys.hpp"
#include "domain/picture.hpp"
#include "stores/import/imports.hpp"
#include "stores/pictures/requests.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using ::testing::IsEmpty;

/// The trash of a person with as many pictures as a test wants.
class SweeperTest : public ::testing::Test {
 protected:
  SweeperTest() {
    world_.meet();
    owner_ = world_.open().actor().user().id;
  }

  /// So many pictures with an object each, thrown away now.
  void fill(int count) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    for (int i = 0; i < count; ++i) {
      stores::imports::Imported one;
      one.picture.id = Uuid::v7(world_.clock.now(), world_.rng);
      one.picture.user_id = owner_;
      one.picture.template_id = "business";
      one.picture.model = "m";
      one.picture.chat_id = ServiceWorld::kChat;
      one.picture.local_day = "2026-01-15";
      one.picture.created_at = world_.clock.now();
      one.picture.finished_at = world_.clock.now();
      one.place = "https://example.org/a";
      const std::string key = domain::object_key(one.picture.created_at, one.picture.id, "jpg");
      stores::imports::add_picture(unit, one);
      stores::imports::give_object(unit, one.picture.id, {key, 5, "image/jpeg"});
      stores::requests::soft_delete(unit, one.picture.id, owner_);
      world_.blobs.objects[{blobs::Bucket::generated, key}] = "bytes";
      ids_.push_back(one.picture.id);
    }
    ASSERT_TRUE(world_.run(unit.commit()));
  }
  void pass_the_time() { world_.clock.advance(std::chrono::days(world_.policy.trash_days) + Millis(1)); }
  void sweep() { world_.run(world_.sweeper.run()); }
  Task<void> restore(Uuid id) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    stores::requests::restore(unit, id, owner_);
    const auto done = co_await unit.commit();
    restored_ = done.has_value();
  }
  Task<void> purge(Uuid id) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    const auto gone = co_await stores::requests::load(unit, id);
    stores::requests::purge(unit, *gone);
    co_await unit.commit();
  }
  std::int64_t purged() {
    return world_.number("SELECT count(*) FROM generation_requests WHERE purged_at IS NOT NULL");
  }

  ServiceWorld world_;
  Uuid owner_;
  std::vector<Uuid> ids_;
  std::optional<bool> restored_;
};

TEST_F(SweeperTest, AFullTrashIsEmptiedFiveHundredARound) {
  fill(730);
  pass_the_time();
  sweep();
  EXPECT_EQ(purged(), 500);
  EXPECT_EQ(world_.blobs.objects.size(), 230U);
  sweep();
  EXPECT_EQ(purged(), 730);
  EXPECT_THAT(world_.blobs.objects, IsEmpty());
  EXPECT_THAT(world_.broken_invariants(), IsEmpty());
}

TEST_F(SweeperTest, NothingComesBackWhileItsObjectsGo) {
  fill(3);
  pass_the_time();
  world_.blobs.before_remove = [&] { return restore(ids_[1]); };
  sweep();
  ASSERT_EQ(restored_, false) << "it would be shown without its picture";
  EXPECT_EQ(purged(), 3);
  EXPECT_THAT(world_.blobs.objects, IsEmpty());
}

TEST_F(SweeperTest, OneThatAnotherProcessPurgesMeanwhileKeepsNoOtherInTheTrash) {
  fill(3);
  pass_the_time();
  world_.blobs.before_remove = [&] { return purge(ids_[1]); };
  sweep();
  EXPECT_EQ(purged(), 3);
  EXPECT_THAT(world_.broken_invariants(), IsEmpty());
}

TEST_F(SweeperTest, WhatIsKeptInMemoryOfItsOwnerIsForgotten) {
  fill(1);
  pass_the_time();
  for (const cache::keys::Entry& entry : {cache::keys::stats(owner_), cache::keys::history(owner_)}) {
    world_.run(world_.cache->put(entry.key, "old", entry.ttl));
  }
  sweep();
  EXPECT_NE(world_.run(world_.cache->get(cache::keys::stats(owner_).key)), "old");
  EXPECT_NE(world_.run(world_.cache->get(cache::keys::history(owner_).key)), "old");
}

}  // namespace
}  // namespace aisha::services
