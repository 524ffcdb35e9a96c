// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/days.hpp"

#include <gtest/gtest.h>

#include "cache/keys.hpp"
#include "cache/versioned.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class DaysTest : public testing::Test {
 protected:
  DaysTest() {
    make();
    auto turn = world_.open();
    owner_ = turn.actor().user().id;
    world_.run(turn.commit()).value();
    world_.clock.advance(Millis(10'000));
  }

  Uuid make() {
    const Uuid id = world_.tap().id;
    world_.settle();
    return id;
  }
  Uuid only() {
    const auto page = world_.run(days_.newest(owner_));
    return page.pictures.at(0).picture.id;
  }
  template <class Act>
  auto act(Act what) {
    auto turn = world_.open();
    auto got = what(turn.actor());
    world_.run(turn.commit()).value();
    return got;
  }
  auto name(const Uuid& id, const std::string& text) {
    return act([&](Actor& actor) { return world_.run(days_.set_name(actor, id, text)); });
  }
  auto picture(const Uuid& id) { return world_.run(days_.picture(owner_, id, domain::OwnOrder::days)); }
  std::string copy() { return world_.run(world_.cache->get(cache::keys::history(owner_).key)).value_or(""); }
  std::size_t reads_of_newest() {
    world_.asked.statements.clear();
    newest_ = world_.run(days_.newest(owner_));
    return world_.asked.statements.size();
  }
  bool asks_for_rows() {
    reads_of_newest();
    return world_.asked.statements.back().text.c_str() != std::string_view() &&
           std::string_view(world_.asked.statements.back().text.c_str()).contains("generation_requests");
  }

  ServiceWorld world_;
  Days days_{world_.context};
  Uuid owner_;
  domain::DayPage newest_;
};

TEST_F(DaysTest, TheNewestPageIsKeptAndProvenByItsCounters) {
  EXPECT_TRUE(asks_for_rows());
  EXPECT_NE(copy(), "");
  EXPECT_FALSE(asks_for_rows()) << "the rows come from short memory, the counters are asked";
  EXPECT_EQ(newest_.pictures.size(), 1U);
  EXPECT_EQ(newest_.day.all_pictures, 1);
  EXPECT_EQ(newest_.pictures[0].picture.template_id, world_.order().template_id);
  EXPECT_TRUE(domain::can_be_shown(newest_.pictures[0].picture));
}

TEST_F(DaysTest, AStaleCopyIsNotShown) {
  const Uuid real = only();
  auto planted = newest_ = world_.run(days_.newest(owner_));
  planted.pictures[0].picture.id = Uuid::v7(world_.clock.now(), world_.rng);
  planted.day.made += 1;
  const auto entry = cache::keys::history(owner_);
  world_.run(world_.cache->put(entry.key, cache::seal(kHistoryFormat, write_history(planted)), entry.ttl));
  EXPECT_EQ(only(), real);
  world_.run(world_.cache->put(entry.key, cache::seal(kHistoryFormat, "{\"day\":1}"), entry.ttl));
  EXPECT_EQ(only(), real) << "nor is what cannot be read";
}

TEST_F(DaysTest, EveryChangeForgetsTheCopy) {
  const Uuid id = only();
  const auto kept = [&] {
    world_.clock.advance(Millis(11'000));
    only();
    return !copy().empty();
  };
  ASSERT_TRUE(kept());
  act([&](Actor& actor) { return world_.run(world_.gallery.remove(actor, id, {})); }).value();
  EXPECT_EQ(copy(), "");
  EXPECT_TRUE(world_.run(days_.newest(owner_)).pictures.empty());
  act([&](Actor& actor) { return world_.run(world_.gallery.restore(actor, id, {})); }).value();
  ASSERT_TRUE(kept());
  name(id, "кот").value();
  EXPECT_EQ(copy(), "");
  EXPECT_EQ(world_.run(days_.newest(owner_)).pictures.at(0).name, "кот");
  ASSERT_TRUE(kept());
  make();
  EXPECT_EQ(world_.run(days_.newest(owner_)).pictures.size(), 2U);
}

TEST_F(DaysTest, TheFormIsReadBackAndNothingElseIs) {
  const domain::DayPage page = world_.run(days_.newest(owner_));
  const auto back = read_history(write_history(page));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->day.day, page.day.day);
  EXPECT_EQ(back->day.made, 1);
  EXPECT_EQ(back->pictures.at(0).picture.id, page.pictures[0].picture.id);
  for (const char* text : {"", "{}", "[]", R"({"day":"2026-01-01","pictures":1,"made":1,"page":[{"id":"x"}]})"}) {
    EXPECT_FALSE(read_history(text)) << text;
  }
}

TEST_F(DaysTest, ANameSavesThePictureAndGoesAgainWithoutUnsavingIt) {
  const Uuid id = only();
  const auto named = name(id, "Лето");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->own.name, "Лето");
  EXPECT_TRUE(named->own.is_saved);
  EXPECT_EQ(picture(id)->own.name, "Лето");
  EXPECT_TRUE(picture(id)->own.is_saved);
  ASSERT_TRUE(name(id, ""));
  EXPECT_EQ(picture(id)->own.name, "");
  EXPECT_TRUE(picture(id)->own.is_saved);
}

TEST_F(DaysTest, Row10SomebodyElsesPictureLooksAbsent) {
  const Uuid id = only();
  auto stranger = world_.open(2002);
  EXPECT_EQ(world_.run(days_.set_name(stranger.actor(), id, "мой")).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(days_.picture(stranger.actor().user().id, id, domain::OwnOrder::days)).error().code,
            Errc::not_found);
  act([&](Actor& actor) { return world_.run(world_.gallery.remove(actor, id, {})); }).value();
  EXPECT_EQ(name(id, "мой").error().code, Errc::already_deleted);
  EXPECT_EQ(world_.run(days_.count_removed(owner_)), 1);
}

}  // namespace
}  // namespace aisha::services
