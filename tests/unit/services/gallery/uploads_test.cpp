// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/uploads.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class UploadsTest : public testing::Test {
 protected:
  UploadsTest() {
    uploads_.serve(ServiceWorld::kBot);
    elsewhere_.serve(ServiceWorld::kBot);
    world_.meet();
    auto turn = world_.open();
    owner_ = turn.actor().user().id;
  }

  std::optional<std::string> file_id(std::string key) { return world_.run(uploads_.file_id(std::move(key))); }
  void remember(std::string key, std::optional<Uuid> owner = {}, std::string scope = {}) {
    std::string id = "id of " + key;
    world_.run(uploads_.remember(std::move(key), std::move(id), owner, std::move(scope)));
  }
  void purge() { world_.run(world_.db->write({{sql::Statement("DELETE FROM file_ids"), std::nullopt}})).value(); }
  /// Statements that `what` sends to the database.
  template <class What>
  std::size_t asked(What what) {
    world_.asked.statements.clear();
    what();
    return world_.asked.statements.size();
  }

  ServiceWorld world_;
  Uploads uploads_{world_.context};
  Uploads elsewhere_{world_.context};
  Uuid owner_;
};

TEST_F(UploadsTest, AnIdIsRememberedWithWhoseItIsAndWhatItGoesWith) {
  remember("home");
  remember("result/1", owner_, "picture");
  EXPECT_EQ(world_.number("SELECT count(*) FROM file_ids WHERE user_id IS NULL AND scope = ''"), 1);
  EXPECT_EQ(world_.number("SELECT count(*) FROM file_ids WHERE user_id IS NOT NULL AND scope = 'picture'"), 1);
  EXPECT_EQ(asked([&] { EXPECT_EQ(file_id("result/1"), "id of result/1"); }), 0U);
  EXPECT_EQ(world_.run(elsewhere_.file_id("result/1")), "id of result/1");
}

TEST_F(UploadsTest, WhatAnotherProcessPurgedIsForgottenWithinTheHour) {
  remember("home");
  remember("result/1", owner_, "picture");
  world_.run(elsewhere_.read_ahead({"result/1"}));
  purge();
  world_.clock.advance(Millis(3'599'999));
  EXPECT_TRUE(file_id("result/1"));
  world_.clock.advance(Millis(1));
  EXPECT_FALSE(file_id("result/1"));
  EXPECT_FALSE(world_.run(elsewhere_.file_id("result/1"))) << "also one that was read ahead";
  EXPECT_TRUE(file_id("home")) << "nobody's drawing stays";
}

TEST_F(UploadsTest, SeveralAreReadAheadInOneStatement) {
  remember("result/1", owner_, "picture");
  remember("result/2", owner_, "picture");
  Uploads fresh(world_.context);
  fresh.serve(ServiceWorld::kBot);
  EXPECT_EQ(asked([&] { world_.run(fresh.read_ahead({"result/1", "result/2", "result/3"})); }), 1U);
  EXPECT_EQ(asked([&] {
              EXPECT_EQ(world_.run(fresh.file_id("result/1")), "id of result/1");
              EXPECT_EQ(world_.run(fresh.file_id("result/2")), "id of result/2");
              world_.run(fresh.read_ahead({"result/1", "result/2"}));
              world_.run(fresh.read_ahead({}));
            }),
            0U);
  EXPECT_FALSE(world_.run(fresh.file_id("result/3")));
}

TEST_F(UploadsTest, AForgottenIdIsGoneForAll) {
  remember("result/1", owner_, "picture");
  world_.run(uploads_.forget("result/1"));
  EXPECT_FALSE(file_id("result/1"));
  EXPECT_FALSE(world_.run(elsewhere_.file_id("result/1")));
}

}  // namespace
}  // namespace aisha::services
