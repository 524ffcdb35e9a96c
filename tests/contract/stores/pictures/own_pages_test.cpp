// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/own_pages.hpp"

#include <algorithm>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace own_pages = stores::own_pages;
using namespace testing;
using domain::OwnOrder;
using Place = domain::PageStart;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Ids = std::vector<Uuid>;

class OwnPages : public StoreTest {
 protected:
  static constexpr std::int64_t kLimit = 9;

  Uuid made(const std::string& day, const domain::User& user) {
    clock_.advance(Millis(1));
    Picture p = draft(user);
    p.local_day = day;
    Job job;
    job.id = p.id;
    EXPECT_TRUE(write([&](UnitOfWork& u) {
      stores::requests::create(u, p);
      stores::requests::make_ready(u, p.id, object(job), Millis(1));
    }));
    return p.id;
  }
  Uuid made(const std::string& day) { return made(day, user_); }
  Ids made(const std::string& day, int n) {
    Ids out;
    for (int i = 0; i < n; ++i) {
      out.insert(out.begin(), made(day));
    }
    return out;
  }
  void remove(const Uuid& id) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::soft_delete(u, id, user_.id); }));
  }
  void keep(const Uuid& id, bool favorite, bool saved) {
    clock_.advance(Millis(1));
    const auto when = favorite ? std::optional(clock_.now()) : std::nullopt;
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      u.write(
          sql::Statement("INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved,"
                         " custom_name, saved_at, favorite_at) VALUES ($1, $2, $3, $4, $5, 'кот', $6, $7)",
                         u.new_id(), user_.id, id, favorite, saved, clock_.now(), when));
    }));
  }
  /// The counters as the rows are now.
  void count() {
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      u.write_any(sql::Statement("DELETE FROM user_days"));
      u.write_any(sql::Statement(
          "INSERT INTO user_days (user_id, local_day, style, pictures, made) SELECT user_id, local_day,"
          " coalesce(template_id, ''), sum(CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END), count(*)"
          " FROM generation_requests WHERE status = 'ready' GROUP BY user_id, local_day, coalesce(template_id, '')"));
    }));
  }
  domain::DayPage page(const std::string& day, Place place = {}) {
    count();
    return ask([&](UnitOfWork& u) { return own_pages::page(u, user_.id, day, place, kLimit); });
  }
  Ids ids(const std::string& day, Place place = {}) {
    Ids out;
    for (const auto& own : page(day, place).pictures) {
      out.push_back(own.picture.id);
    }
    return out;
  }
  std::optional<domain::OwnPlace> picture(const Uuid& id, OwnOrder order = OwnOrder::days) {
    count();
    return ask([&](UnitOfWork& u) { return own_pages::picture(u, user_.id, id, order); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OwnPages, ::testing::ValuesIn(engines()), case_name);

Ids part(const Ids& all, std::size_t from, std::size_t n) {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(from, all.size()));
  return {first, first + static_cast<std::ptrdiff_t>(std::min(n, all.size() - from))};
}

TEST_P(OwnPages, ADayIsShownWithItsNeighboursAndWhatThereIsAltogether) {
  made("2026-01-10", 2);
  const Ids day = made("2026-01-15", 3);
  made("2026-02-01", 1);
  made("2026-01-15", make_user(2002, 0));
  const domain::DayPage found = page("2026-01-15");
  EXPECT_EQ(found.day.day, "2026-01-15");
  EXPECT_EQ(found.day.pictures, 3);
  EXPECT_EQ(found.day.made, 3);
  EXPECT_EQ(found.day.older, "2026-01-10");
  EXPECT_EQ(found.day.newer, "2026-02-01");
  EXPECT_EQ(found.day.all_pictures, 6);
  EXPECT_EQ(found.day.all_days, 3);
  EXPECT_EQ(found.ahead, 0);
  EXPECT_EQ(ids("2026-01-15"), day) << "newest first";
  const auto alone = ask([&](UnitOfWork& u) { return own_pages::day(u, user_.id, "2026-01-15"); });
  EXPECT_EQ(alone.older, "2026-01-10");
  EXPECT_EQ(alone.all_pictures, 6);
}

TEST_P(OwnPages, Row105ADayWithoutPicturesIsTheNearestOlderOneElseTheNearestNewer) {
  made("2026-01-10");
  const Uuid gone = made("2026-01-12");
  made("2026-01-15");
  remove(gone);
  EXPECT_EQ(page("2026-01-14").day.day, "2026-01-10") << "removed ones make no day";
  EXPECT_EQ(page("9999-12-31").day.day, "2026-01-15");
  EXPECT_EQ(page("1970-01-01").day.day, "2026-01-10");
  EXPECT_EQ(page("2026-01-15").day.older, "2026-01-10");
}

TEST_P(OwnPages, WhoHasNoPictureHasNoDay) {
  made("2026-01-15", make_user(2002, 0));
  const domain::DayPage found = page("2026-01-15");
  EXPECT_EQ(found.day.day, "");
  EXPECT_EQ(found.day.all_pictures, 0);
  EXPECT_EQ(found.day.all_days, 0);
  EXPECT_THAT(found.pictures, IsEmpty());
}

TEST_P(OwnPages, PagesFollowEachOtherBothWaysWithoutGapOrRepeat) {
  const Ids all = made("2026-01-15", 22);
  made("2026-01-14", 3);
  EXPECT_EQ(ids("2026-01-15"), part(all, 0, 9));
  const domain::DayPage second = page("2026-01-15", {Place::Side::older, all[8]});
  EXPECT_EQ(second.ahead, 9);
  EXPECT_EQ(ids("2026-01-15", {Place::Side::older, all[8]}), part(all, 9, 9));
  EXPECT_EQ(ids("2026-01-15", {Place::Side::older, all[17]}), part(all, 18, 4));
  EXPECT_EQ(ids("2026-01-15", {Place::Side::newer, all[18]}), part(all, 9, 9));
  EXPECT_EQ(ids("2026-01-15", {Place::Side::newer, all[9]}), part(all, 0, 9));
  EXPECT_EQ(ids("2026-01-15", {Place::Side::newer, all[4]}), part(all, 0, 9)) << "never less than a page";
}

TEST_P(OwnPages, Row104APageWhosePictureIsGoneStartsFromItsPlace) {
  const Ids all = made("2026-01-15", 20);
  remove(all[8]);
  EXPECT_EQ(ids("2026-01-15", {Place::Side::older, all[8]}), part(all, 9, 9));
  clock_.advance(Millis(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::purge(u, request(all[8])); }));
  EXPECT_EQ(ids("2026-01-15", {Place::Side::older, all[8]}), part(all, 9, 9)) << "a purged one keeps id and day";
}

TEST_P(OwnPages, Row104BehindTheLastPictureIsTheFullPageBeforeIt) {
  const Ids all = made("2026-01-15", 20);
  remove(all[18]);
  remove(all[19]);
  EXPECT_EQ(ids("2026-01-15", {Place::Side::older, all[17]}), part(all, 8, 9));
}

TEST_P(OwnPages, Row104APlaceThatIsUnknownForeignOrOfAnotherDayIsTheFirstPage) {
  Ids all = made("2026-01-15", 12);
  const Uuid foreign = made("2026-01-15", make_user(2002, 0));  // among the person's own by its time
  const Ids later = made("2026-01-15", 12);
  all.insert(all.begin(), later.begin(), later.end());
  const Uuid elsewhere = made("2026-01-16");
  for (const Uuid& id : {foreign, elsewhere, Uuid{}, Uuid::v7(clock_.now(), rng_)}) {
    for (const Place::Side side : {Place::Side::older, Place::Side::newer}) {
      EXPECT_EQ(ids("2026-01-15", {side, id}), part(all, 0, 9));
    }
  }
}

TEST_P(OwnPages, APageKnowsWhatThePersonMadeOfItsPictures) {
  const Ids all = made("2026-01-15", 2);
  keep(all[0], true, false);
  const domain::DayPage found = page("2026-01-15");
  EXPECT_TRUE(found.pictures.at(0).is_favorite);
  EXPECT_FALSE(found.pictures.at(0).is_saved);
  EXPECT_EQ(found.pictures.at(0).name, "кот");
  EXPECT_FALSE(found.pictures.at(1).is_kept());
  EXPECT_EQ(found.pictures.at(1).name, "");
}

TEST_P(OwnPages, AMonthHasItsDaysAndTheMonthsBesideIt) {
  made("2025-12-31");
  made("2026-01-02", 2);
  made("2026-01-15", 3);
  remove(made("2026-01-20"));
  made("2026-03-01");
  const auto month = [&](const std::string& of) {
    count();
    return ask([&](UnitOfWork& u) { return own_pages::month(u, user_.id, of); });
  };
  const domain::OwnMonth january = month("2026-01");
  EXPECT_EQ(january.month, "2026-01");
  ASSERT_THAT(january.days, SizeIs(2));
  EXPECT_EQ(january.days[0].day, "2026-01-15");
  EXPECT_EQ(january.days[0].pictures, 3);
  EXPECT_EQ(january.days[1].day, "2026-01-02");
  EXPECT_EQ(january.older, "2025-12");
  EXPECT_EQ(january.newer, "2026-03");
  EXPECT_EQ(month("2026-02").month, "2026-01") << "row 105: the nearest older one";
  EXPECT_EQ(month("9999-12").month, "2026-03");
  EXPECT_EQ(month("1970-01").month, "2025-12");
  EXPECT_EQ(month("1970-01").older, "");
}

TEST_P(OwnPages, WhoHasNoPictureHasNoMonth) {
  const auto found = ask([&](UnitOfWork& u) { return own_pages::month(u, user_.id, "2026-01"); });
  EXPECT_EQ(found.month, "");
  EXPECT_THAT(found.days, IsEmpty());
}

TEST_P(OwnPages, APictureStandsBetweenItsNeighboursAcrossDays) {
  const Ids old = made("2026-01-10", 2);
  const Ids fresh = made("2026-01-15", 3);
  const auto middle = picture(fresh[1]);
  ASSERT_TRUE(middle);
  EXPECT_EQ(middle->newer, fresh[0]);
  EXPECT_EQ(middle->older, fresh[2]);
  EXPECT_EQ(middle->ahead, 1);
  EXPECT_EQ(middle->all, 5);
  const auto edge = picture(old[0]);
  EXPECT_EQ(edge->newer, fresh[2]);
  EXPECT_EQ(edge->older, old[1]);
  EXPECT_EQ(edge->ahead, 3);
  EXPECT_EQ(edge->ahead_on_day, 0);
  EXPECT_FALSE(picture(fresh[0])->newer);
  EXPECT_FALSE(picture(old[1])->older);
}

TEST_P(OwnPages, TheOrderIsTheDaysThoughTheClockSaysOtherwise) {
  const Uuid first = made("2026-01-16");
  const Uuid second = made("2026-01-15");  // made later, in a zone further west
  EXPECT_EQ(picture(first)->older, second);
  EXPECT_EQ(picture(second)->ahead, 1);
}

TEST_P(OwnPages, Row10APictureIsFoundByItsOwnerAloneAndNoLongerOncePurged) {
  const Uuid foreign = made("2026-01-15", make_user(2002, 0));
  const Uuid unfinished = queued().id;
  EXPECT_FALSE(picture(foreign));
  EXPECT_FALSE(picture(unfinished));
  EXPECT_FALSE(picture(Uuid{}));
  const Ids mine = made("2026-01-15", 3);
  remove(mine[1]);
  const auto removed = picture(mine[1]);
  ASSERT_TRUE(removed);
  EXPECT_TRUE(removed->own.picture.deleted_at);
  EXPECT_EQ(removed->older, mine[2]);
  EXPECT_EQ(removed->newer, mine[0]);
  EXPECT_EQ(removed->all, 0);
  clock_.advance(Millis(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::requests::purge(u, request(mine[1])); }));
  EXPECT_FALSE(picture(mine[1]));
}

TEST_P(OwnPages, FavouritesAndSavedOnesAreTurnedInTheirOwnOrder) {
  const Ids all = made("2026-01-15", 4);
  keep(all[0], true, true);
  keep(all[3], true, false);
  keep(all[1], true, true);
  const auto hearts = picture(all[3], OwnOrder::favorites);
  EXPECT_EQ(hearts->newer, all[1]);
  EXPECT_EQ(hearts->older, all[0]);
  EXPECT_EQ(hearts->ahead, 1);
  EXPECT_EQ(hearts->all, 3);
  const auto saved = picture(all[0], OwnOrder::saved);
  EXPECT_EQ(saved->newer, all[1]);
  EXPECT_FALSE(saved->older);
  EXPECT_EQ(saved->all, 2);
  const auto stranger = picture(all[2], OwnOrder::favorites);
  EXPECT_FALSE(stranger->newer || stranger->older);
  EXPECT_EQ(stranger->all, 0) << "not in the list";
}

TEST_P(OwnPages, APictureKnowsWhetherItsStyleIsKept) {
  const Uuid id = made("2026-01-15");
  EXPECT_FALSE(picture(id)->is_style_kept);
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    u.write(
        sql::Statement("INSERT INTO user_favorite_templates (user_id, template_id, created_at)"
                       " VALUES ($1, 'business', $2)",
                       user_.id, clock_.now()));
  }));
  EXPECT_TRUE(picture(id)->is_style_kept);
}

TEST_P(OwnPages, OnlyLivePicturesOfTheOwnerAreDrawn) {
  const Ids mine = made("2026-01-15", 3);
  const Uuid foreign = made("2026-01-15", make_user(2002, 0));
  remove(mine[1]);
  const auto cells = [&](bool removed) {
    Ids out;
    for (const auto& cell : ask([&](UnitOfWork& u) {
           return own_pages::cells(u, user_.id, {mine[0], mine[1], mine[2], foreign}, removed);
         })) {
      out.push_back(cell.id);
    }
    std::ranges::sort(out);
    return out;
  };
  EXPECT_THAT(cells(false), ElementsAre(mine[2], mine[0]));
  EXPECT_THAT(cells(true), ElementsAre(mine[1]));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return own_pages::count_removed(u, user_.id); }), 1);
}

}  // namespace
}  // namespace aisha
