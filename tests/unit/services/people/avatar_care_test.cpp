// SPDX-License-Identifier: Apache-2.0
#include "services/people/avatar_care.hpp"

#include <gtest/gtest.h>

#include "services/upkeep/avatar_remains.hpp"
#include "stores/people/avatars.hpp"
#include "stores/pictures/file_ids.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class AvatarCareTest : public testing::Test {
 protected:
  AvatarCareTest() {
    world_.meet();
    auto turn = world_.open();
    owner_ = turn.actor().user().id;
    first_ = *turn.actor().main_avatar();
    world_.run(turn.commit()).value();
  }

  domain::Avatar add(const std::string& name, domain::AvatarStatus status = domain::AvatarStatus::completed) {
    domain::Avatar out = first_;
    stores::UnitOfWork unit(*world_.db, world_.rng);
    out.id = unit.new_id();
    out.name = name;
    out.status = status;
    out.is_main = false;
    const auto columns = world_.run(stores::avatars::columns(unit));
    stores::avatars::add(unit, out, columns);
    world_.run(unit.commit()).value();
    world_.clock.advance(Millis(10));
    return out;
  }

  /// Acts in an update of its own.
  template <class Act>
  auto act(Act what) {
    auto turn = world_.open();
    auto result = world_.run(what(turn.actor()));
    main_ = turn.actor().main_avatar();
    world_.run(turn.commit()).value();
    return result;
  }
  auto make_main(const domain::Avatar& avatar) {
    return act([&](Actor& actor) { return world_.avatars.make_main(actor, avatar.id); });
  }
  auto remove(const domain::Avatar& avatar) {
    return act([&](Actor& actor) { return world_.avatars.remove(actor, avatar.id); });
  }
  auto restore(const domain::Avatar& avatar) {
    return act([&](Actor& actor) { return world_.avatars.restore(actor, avatar.id); });
  }
  auto rename(const domain::Avatar& avatar, const std::string& name) {
    return act([&](Actor& actor) { return world_.avatars.rename(actor, avatar.id, name); });
  }

  /// With which the next update makes pictures: as the statement chooses.
  std::string main_name() {
    auto turn = world_.open();
    const auto main = turn.actor().main_avatar();
    world_.run(turn.commit()).value();
    EXPECT_EQ(main.has_value(), main_.has_value());
    EXPECT_TRUE(!main || !main_ || main->id == main_->id) << "the service says what the statement does";
    return main ? main->name : "";
  }
  std::size_t kept() { return world_.run(world_.avatars.list(owner_)).kept.size(); }
  std::size_t binned() { return world_.run(world_.avatars.list(owner_)).binned.size(); }

  ServiceWorld world_;
  Uuid owner_;
  domain::Avatar first_;
  std::optional<domain::Avatar> main_;
};

TEST_F(AvatarCareTest, AnotherOneBecomesMainAndOnlyThatOne) {
  const auto second = add("second");
  ASSERT_TRUE(make_main(second));
  EXPECT_EQ(main_name(), "second");
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatars WHERE is_main = true"), 1);
  ASSERT_TRUE(make_main(second)) << "a second tap changes nothing";
}

TEST_F(AvatarCareTest, OneThatNothingCanBeMadeWithIsNoMainOne) {
  const auto training = add("training", domain::AvatarStatus::training);
  EXPECT_EQ(make_main(training).error().code, Errc::avatar_training);
  EXPECT_EQ(main_name(), "Aisha");
}

TEST_F(AvatarCareTest, DeletingTheMainOneMakesTheNextUsableOneMain) {
  add("training", domain::AvatarStatus::training);
  add("second");
  add("third");
  ASSERT_TRUE(remove(first_));
  EXPECT_EQ(main_name(), "second");
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatars WHERE is_main = true"), 1);
  EXPECT_EQ(kept(), 3U);
  EXPECT_EQ(binned(), 1U);
  ASSERT_TRUE(restore(first_));
  EXPECT_EQ(main_name(), "second") << "what was chosen since stays";
  EXPECT_EQ(kept(), 4U);
  EXPECT_EQ(binned(), 0U);
}

TEST_F(AvatarCareTest, DeletingAnotherOneLeavesTheMainOne) {
  const auto second = add("second");
  ASSERT_TRUE(remove(second));
  EXPECT_EQ(main_name(), "Aisha");
}

TEST_F(AvatarCareTest, WithoutAnyNothingCanBeMadeUntilItComesBack) {
  ASSERT_TRUE(remove(first_));
  EXPECT_EQ(main_name(), "");
  ASSERT_TRUE(remove(first_)) << "twice is once";
  auto turn = world_.open();
  EXPECT_EQ(world_.request(turn, world_.order(), "tap:1").error().code, Errc::avatar_none);
  auto with_it = world_.order();
  with_it.avatar_id = first_.id;
  EXPECT_EQ(world_.request(turn, with_it, "tap:2").error().code, Errc::avatar_none) << "nor with it by its id";
  world_.run(turn.commit()).value();
  ASSERT_TRUE(restore(first_));
  ASSERT_TRUE(restore(first_)) << "twice is once";
  EXPECT_EQ(main_name(), "Aisha");
}

TEST_F(AvatarCareTest, ItsPicturesStayAndAreCounted) {
  world_.tap();
  world_.settle();
  EXPECT_EQ(world_.run(world_.avatars.avatar(owner_, first_.id))->pictures, 1);
  ASSERT_TRUE(remove(first_));
  EXPECT_EQ(world_.run(world_.gallery.figures(owner_, "2026-01-01")).all.pictures, 1);
  EXPECT_TRUE(world_.run(world_.avatars.avatar(owner_, first_.id))->is_binned);
}

TEST_F(AvatarCareTest, Row101ANameIsOneLineOfUpToAHundredCharacters) {
  EXPECT_EQ(rename(first_, "").error().code, Errc::name_bad);
  EXPECT_EQ(rename(first_, std::string(101, 'a')).error().code, Errc::name_bad);
  EXPECT_EQ(rename(first_, "two\nlines").error().code, Errc::name_bad);
  EXPECT_EQ(rename(first_, "a\u202Eb").error().code, Errc::name_bad);
  EXPECT_EQ(rename(first_, "  🦊  ")->name, "🦊");
  EXPECT_EQ(main_name(), "🦊");
}

TEST_F(AvatarCareTest, Row10SomebodyElsesAbsentAndGoneOnesAreTheSame) {
  world_.meet(2002);
  auto turn = world_.open(2002);
  const Uuid stranger = turn.actor().user().id;
  for (const Uuid& id : {first_.id, Uuid{}}) {
    EXPECT_EQ(world_.run(world_.avatars.avatar(stranger, id)).error().code, Errc::not_found);
    EXPECT_EQ(world_.run(world_.avatars.make_main(turn.actor(), id)).error().code, Errc::not_found);
    EXPECT_EQ(world_.run(world_.avatars.rename(turn.actor(), id, "mine")).error().code, Errc::not_found);
    EXPECT_EQ(world_.run(world_.avatars.remove(turn.actor(), id)).error().code, Errc::not_found);
    EXPECT_EQ(world_.run(world_.avatars.restore(turn.actor(), id)).error().code, Errc::not_found);
  }
  world_.run(turn.commit()).value();
  EXPECT_EQ(kept(), 1U);
}

TEST_F(AvatarCareTest, AfterItsTimeItIsEmptiedAndItsRowStays) {
  const auto second = add("second");
  ASSERT_TRUE(remove(first_));
  stores::UnitOfWork unit(*world_.db, world_.rng);
  stores::file_ids::put(unit, 7, "v/faces/1", "id-1", {owner_, "faces"});
  stores::file_ids::put(unit, 7, "v/own/1", "id-2", {owner_, "list"});
  world_.run(unit.commit()).value();
  world_.clock.advance(std::chrono::days(world_.policy.trash_days) - Millis(1'000));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(binned(), 1U) << "it can still come back";
  world_.clock.advance(Millis(2'000));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(binned(), 0U);
  EXPECT_EQ(restore(first_).error().code, Errc::not_found);
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatars"), 2);
  EXPECT_EQ(world_.number("SELECT count(*) FROM avatars WHERE name = '' AND status = 'CANCELLED'"
                          " AND finetune_id IS NULL AND diffusers_lora_file_url IS NULL AND trigger_word = ''"),
            1);
  EXPECT_EQ(world_.number("SELECT count(*) FROM file_ids"), 1) << "its face is forgotten, and nothing else";
  EXPECT_EQ(main_name(), second.name);
}

}  // namespace
}  // namespace aisha::services
