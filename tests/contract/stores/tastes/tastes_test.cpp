// SPDX-License-Identifier: Apache-2.0
#include "base/zone.hpp"
#include "stores/tastes/own_styles.hpp"
#include "stores/tastes/style_days.hpp"
#include "stores/tastes/style_neighbours.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

using namespace testing;
namespace own_styles = stores::own_styles;
namespace style_days = stores::style_days;
namespace style_neighbours = stores::style_neighbours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::chrono::hours kHour{1};

class TasteRows : public StoreTest {
 protected:
  void put(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), 1});
    run(db().write(std::move(batch))).value();
  }
  void did(const domain::User& user, const char* day, const char* style, std::int64_t made, std::int64_t kept = 0) {
    put(
        sql::Statement("INSERT INTO user_days (user_id, local_day, style, pictures, made, kept)"
                       " VALUES ($1, $2, $3, $4, $4, $5)",
                       user.id, day, style, made, kept));
  }
  /// A picture that was finished now.
  Uuid finish(const domain::User& user, const std::string& style) {
    Picture picture = draft(user);
    picture.template_id = style;
    picture.custom_prompt = style.empty() ? "a cat" : "";
    const Job job = job_for(picture);
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::requests::create(u, picture); }));
    EXPECT_TRUE(write([&](UnitOfWork& u) { stores::requests::make_ready(u, picture.id, object(job), Millis(1)); }));
    return picture.id;
  }
  std::chrono::sys_days today() { return std::chrono::floor<std::chrono::days>(db().now()); }

  std::vector<std::string> counted(std::chrono::sys_days first) {
    const auto rows = ask([&](UnitOfWork& u) { return style_days::since(u, first); });
    std::vector<std::string> out;
    for (const auto& row : rows) {
      out.push_back(fmt::format("{} {} {}/{}", row.day, row.style, row.people, row.made));
    }
    return out;
  }
  bool count(std::chrono::sys_days day) {
    return write([&](UnitOfWork& u) { style_days::count(u, day); }).has_value();
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, TasteRows, ::testing::ValuesIn(engines()), case_name);

TEST_P(TasteRows, OfADayStandWithTheirPeopleOnceHoweverOftenItIsCounted) {
  const domain::User other = make_user(2002, 100);
  finish(user_, "business");
  finish(user_, "business");
  const Uuid removed = finish(other, "business");
  finish(other, "noir");
  finish(other, "");
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, removed, other.id); }));
  const std::string day = local_day(today(), "UTC");
  for (int times = 0; times < 3; ++times) {
    ASSERT_TRUE(count(today()));
    EXPECT_THAT(counted(today()), ElementsAre(day + " business 2/3", day + " noir 1/1"));
  }
}

TEST_P(TasteRows, OfADayEndWithIt) {
  finish(user_, "business");
  const auto first = today();
  clock_.advance(24 * kHour);
  finish(user_, "noir");
  ASSERT_TRUE(count(first));
  ASSERT_TRUE(count(today()));
  EXPECT_EQ(counted(first).size(), 2U);
  EXPECT_THAT(counted(today()), ElementsAre(local_day(today(), "UTC") + " noir 1/1"));
}

TEST_P(TasteRows, ADayThatIsCountedAnewForgetsWhatIsGone) {
  const Uuid id = finish(user_, "business");
  ASSERT_TRUE(count(today()));
  put(sql::Statement("DELETE FROM generation_requests WHERE id = $1", id));
  ASSERT_TRUE(count(today()));
  EXPECT_THAT(counted(today()), IsEmpty());
}

TEST_P(TasteRows, PeopleAreCountedOnceAndOwnPromptsNot) {
  const domain::User other = make_user(2002, 100);
  const domain::User writer = make_user(3003, 100);
  const TimePoint begin = db().now();
  finish(user_, "business");
  finish(user_, "noir");
  finish(other, "noir");
  finish(writer, "");
  const auto people = [&](TimePoint first, std::int64_t most) {
    return ask([&](UnitOfWork& u) { return style_days::people_since(u, first, most); });
  };
  EXPECT_EQ(people(begin, 100), 2);
  EXPECT_EQ(people(db().now() + kHour, 100), 0);
}

TEST_P(TasteRows, OfAPersonAreDaysAndWhatCameBeforeTogether) {
  did(user_, "2025-01-01", "noir", 2, 1);
  did(user_, "2025-02-03", "noir", 1);
  did(user_, "2026-01-10", "noir", 1);
  did(user_, "2026-01-11", "business", 3, 2);
  did(user_, "2026-01-11", "", 7);
  did(make_user(2002, 100), "2026-01-11", "royal", 1);
  auto rows = ask([&](UnitOfWork& u) { return own_styles::of(u, user_.id, "2026-01-10"); });
  std::ranges::sort(rows, {}, &own_styles::OwnStyleDay::day);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].day, "2025-02-03");
  EXPECT_EQ(rows[0].made, 3);
  EXPECT_EQ(rows[0].kept, 1);
  EXPECT_EQ(rows[1].day, "2026-01-10");
  EXPECT_EQ(rows[2].style, "business");
  EXPECT_EQ(rows[2].pictures, 3);
}

TEST_P(TasteRows, OfEverybodyComePageByPageWithoutGapOrRepeat) {
  EXPECT_FALSE(ask([](UnitOfWork& u) { return own_styles::ends(u); }));
  std::vector<domain::User> people{user_};
  for (int i = 0; i < 6; ++i) {
    clock_.advance(Millis(10));
    people.push_back(make_user(5000 + i, 0));
  }
  for (const domain::User& user : people) {
    for (const char* day : {"2026-01-01", "2026-01-02"}) {
      did(user, day, "noir", 1);
      did(user, day, "", 1);
    }
  }
  const auto ends = ask([](UnitOfWork& u) { return own_styles::ends(u); });
  EXPECT_EQ(ends->first, people.front().id);
  EXPECT_EQ(ends->last, people.back().id);
  own_styles::Place place;
  std::vector<std::string> seen;
  for (std::size_t size = 5; size == 5;) {
    const auto page = ask([&](UnitOfWork& u) { return own_styles::behind(u, place, 5); });
    size = page.size();
    for (const auto& row : page) {
      place = {row.user_id, row.what.day, row.what.style};
      seen.push_back(row.user_id.to_string() + row.what.day + row.what.style);
    }
  }
  EXPECT_EQ(seen.size(), people.size() * 4);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

TEST_P(TasteRows, NeighboursAreReplacedAsAWhole) {
  const auto all = [this] {
    std::vector<std::string> out;
    for (const auto& one : ask([](UnitOfWork& u) { return style_neighbours::all(u); })) {
      out.push_back(fmt::format("{}-{} {}", one.style, one.neighbour, one.likeness));
    }
    return out;
  };
  ASSERT_TRUE(write([](UnitOfWork& u) {
    style_neighbours::replace(u, {{"noir", "royal", 0.25}, {"noir", "art", 0.5}, {"art", "noir", 0.5}});
  }));
  EXPECT_THAT(all(), ElementsAre("art-noir 0.5", "noir-art 0.5", "noir-royal 0.25"));
  ASSERT_TRUE(write([](UnitOfWork& u) { style_neighbours::replace(u, {{"royal", "art", 0.125}}); }));
  EXPECT_THAT(all(), ElementsAre("royal-art 0.125"));
}

}  // namespace
}  // namespace aisha
