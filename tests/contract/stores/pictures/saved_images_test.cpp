// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/saved_images.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <memory>

#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace saved_images = stores::saved_images;
namespace requests = stores::requests;
using namespace testing;
using saved_images::List;
using saved_images::Place;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SavedImages : public StoreTest {
 protected:
  struct Kept {
    bool is_favorite = false;
    bool is_saved = false;
    std::string name;
  };
  std::optional<Kept> own(Uuid id) {
    const sql::Rows rows =
        run(db().read(sql::Statement("SELECT is_favorite, is_saved, custom_name FROM user_saved_images"
                                     " WHERE generation_request_id = $1 AND user_id = $2",
                                     id, user_.id)));
    return rows.empty() ? std::nullopt : std::optional(Kept{rows[0].boolean(0), rows[0].boolean(1), rows[0].text(2)});
  }
  Uuid made() { return succeeded("t" + std::to_string(++made_)).id; }

  Result<void> favorite(Uuid id, bool on) {
    return write([&](UnitOfWork& u) { saved_images::set_favorite(u, user_.id, id, on); });
  }
  Result<void> save(Uuid id, bool on) {
    return write([&](UnitOfWork& u) { saved_images::set_saved(u, user_.id, id, on); });
  }
  Result<void> name(Uuid id, std::string_view words) {
    return write([&](UnitOfWork& u) { saved_images::set_name(u, user_.id, id, words); });
  }

  std::int64_t rows() { return number(sql::Statement("SELECT count(*) FROM user_saved_images")); }
  std::int64_t kept() { return number(sql::Statement("SELECT coalesce(sum(kept), 0) FROM user_days")); }

  saved_images::Page page(List list, Place place, std::int64_t limit = 3) {
    return ask([&](UnitOfWork& u) { return saved_images::page(u, user_.id, list, place, limit); });
  }
  static std::vector<Uuid> ids(const saved_images::Page& page) {
    std::vector<Uuid> out;
    for (const domain::OwnPicture& one : page.pictures) {
      out.push_back(one.picture.id);
    }
    return out;
  }

  int made_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, SavedImages, ::testing::ValuesIn(engines()), case_name);

TEST_P(SavedImages, APictureIsKeptWhileItIsAFavouriteOrSaved) {
  const Uuid id = made();
  ASSERT_TRUE(favorite(id, true));
  EXPECT_TRUE(own(id)->is_favorite);
  EXPECT_FALSE(own(id)->is_saved);
  EXPECT_EQ(kept(), 1);
  ASSERT_TRUE(save(id, true));
  EXPECT_TRUE(own(id)->is_favorite);
  EXPECT_TRUE(own(id)->is_saved);
  EXPECT_EQ(kept(), 1) << "one picture, however it is kept";
  ASSERT_TRUE(favorite(id, false));
  EXPECT_FALSE(own(id)->is_favorite);
  EXPECT_TRUE(own(id)->is_saved);
  EXPECT_EQ(kept(), 1);
  ASSERT_TRUE(save(id, false));
  EXPECT_FALSE(own(id));
  EXPECT_EQ(kept(), 0);
  ASSERT_TRUE(save(id, true));
  ASSERT_TRUE(favorite(id, true));
  ASSERT_TRUE(save(id, false));
  EXPECT_TRUE(own(id)->is_favorite);
  ASSERT_TRUE(favorite(id, false));
  EXPECT_FALSE(own(id));
  EXPECT_EQ(kept(), 0);
}

TEST_P(SavedImages, WhatIsSoAlreadyStaysAsItIs) {
  const Uuid id = made();
  ASSERT_TRUE(favorite(id, false));
  ASSERT_TRUE(save(id, false));
  EXPECT_EQ(kept(), 0);
  ASSERT_TRUE(favorite(id, true));
  const auto moment = [&] {
    return number(sql::Statement("SELECT count(*) FROM user_saved_images WHERE favorite_at = $1", clock_.now()));
  };
  EXPECT_EQ(moment(), 1);
  clock_.advance(Millis(5));
  ASSERT_TRUE(favorite(id, true));
  EXPECT_EQ(moment(), 0) << "its place in the list";
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(kept(), 1);
}

TEST_P(SavedImages, ManyAtOnceHaveOneEffect) {
  const Uuid id = made();
  const auto at_once = [&](auto verb) {
    std::vector<std::unique_ptr<UnitOfWork>> units;
    for (int i = 0; i < 6; ++i) {
      units.push_back(std::make_unique<UnitOfWork>(db(), rng_));
      verb(*units.back(), i);
    }
    run([](std::vector<std::unique_ptr<UnitOfWork>>& all) -> Task<void> {
      const auto executor = co_await boost::asio::this_coro::executor;
      std::vector<decltype(boost::asio::co_spawn(executor, all[0]->commit(), boost::asio::deferred))> running;
      for (auto& one : all) {
        running.push_back(boost::asio::co_spawn(executor, one->commit(), boost::asio::deferred));
      }
      auto group = boost::asio::experimental::make_parallel_group(std::move(running));
      co_await group.async_wait(boost::asio::experimental::wait_for_all(), boost::asio::deferred);
    }(units));
  };
  at_once([&](UnitOfWork& u, int) { saved_images::set_favorite(u, user_.id, id, true); });
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(kept(), 1);
  at_once([&](UnitOfWork& u, int i) {
    i % 2 == 0 ? saved_images::set_favorite(u, user_.id, id, false) : saved_images::set_saved(u, user_.id, id, true);
  });
  EXPECT_TRUE(own(id)->is_saved);
  EXPECT_EQ(kept(), 1);
  at_once([&](UnitOfWork& u, int) { saved_images::set_saved(u, user_.id, id, false); });
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(kept(), 0);
}

TEST_P(SavedImages, NamingSavesAndTakingTheNameAwayLeavesItSaved) {
  const auto unread = [&] { return number(sql::Statement("SELECT count(*) FROM unread_pictures")); };
  const Uuid id = made();
  ASSERT_TRUE(name(id, "Дача 🌻"));
  EXPECT_EQ(own(id)->name, "Дача 🌻");
  EXPECT_TRUE(own(id)->is_saved);
  EXPECT_EQ(unread(), 1) << "to be found by its name";
  ASSERT_TRUE(name(id, ""));
  EXPECT_EQ(own(id)->name, "");
  EXPECT_TRUE(own(id)->is_saved);
  EXPECT_EQ(kept(), 1);
}

TEST_P(SavedImages, Row107NothingIsKeptOfWhatIsAnothersUnfinishedOrDeleted) {
  const domain::User other = make_user(2002, 10);
  const Uuid id = made();
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    saved_images::set_favorite(u, other.id, id, true);
    saved_images::set_name(u, other.id, id, "моё");
  }));
  ASSERT_TRUE(save(queued().id, true));
  ASSERT_TRUE(favorite(Uuid::v7(db().now(), rng_), true));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
  ASSERT_TRUE(favorite(id, true));
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(kept(), 0);
}

class SavedPages : public SavedImages {
 protected:
  /// Seven hearts, given in another order than the pictures were made in; newest heart first.
  std::vector<Uuid> hearts() {
    std::vector<Uuid> all;
    for (int i = 0; i < 7; ++i) {
      all.push_back(made());
    }
    std::ranges::rotate(all, all.begin() + 3);
    for (const Uuid& id : all) {
      clock_.advance(Millis(all.size() % 2));  // some share a millisecond
      EXPECT_TRUE(favorite(id, true));
    }
    std::vector<Uuid> out = ids(page(List::favorites, {}, 99));
    EXPECT_THAT(out, SizeIs(7));
    EXPECT_EQ(out.front(), all.back());
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, SavedPages, ::testing::ValuesIn(engines()), case_name);

TEST_P(SavedPages, ArePagedBothWaysWithoutGapsOrRepeats) {
  const std::vector<Uuid> all = hearts();
  std::vector<Uuid> seen;
  saved_images::Page at = page(List::favorites, {});
  EXPECT_EQ(at.before, 0);
  while (true) {
    EXPECT_EQ(at.total, 7);
    EXPECT_EQ(at.before, std::ssize(seen));
    std::ranges::copy(ids(at), std::back_inserter(seen));
    if (at.before + std::ssize(at.pictures) == at.total) {
      break;
    }
    at = page(List::favorites, {Place::Side::older, seen.back()});
  }
  EXPECT_EQ(seen, all);
  const auto back = page(List::favorites, {Place::Side::newer, all.at(6)});
  EXPECT_THAT(ids(back), ElementsAre(all.at(3), all.at(4), all.at(5)));
  EXPECT_EQ(back.before, 3);
  const auto home = page(List::favorites, {Place::Side::newer, all.at(2)});
  EXPECT_THAT(ids(home), ElementsAre(all.at(0), all.at(1), all.at(2))) << "fewer than a page stand before it";
  EXPECT_EQ(home.before, 0);
}

TEST_P(SavedPages, APageIsFoundByOneOfItsPictures) {
  const std::vector<Uuid> all = hearts();
  const auto second = page(List::favorites, {Place::Side::around, all.at(4)});
  EXPECT_THAT(ids(second), ElementsAre(all.at(3), all.at(4), all.at(5), all.at(6))) << "and one more";
  EXPECT_EQ(second.before, 3);
  EXPECT_EQ(second.total, 7);
}

TEST_P(SavedPages, AnUnknownPlaceIsTheFirstPage) {
  const std::vector<Uuid> all = hearts();
  for (const auto side : {Place::Side::older, Place::Side::newer, Place::Side::around}) {
    const auto first = page(List::favorites, {side, Uuid::v7(db().now(), rng_)});
    EXPECT_EQ(first.pictures.at(0).picture.id, all.at(0));
    EXPECT_EQ(first.before, 0);
    EXPECT_EQ(first.total, 7);
  }
  const auto past = page(List::favorites, {Place::Side::older, all.at(6)});
  EXPECT_EQ(past.pictures.at(0).picture.id, all.at(0));
}

TEST_P(SavedPages, EachListHasItsOwnPicturesAndMoments) {
  const std::vector<Uuid> all = hearts();
  clock_.advance(Millis(5));
  ASSERT_TRUE(save(all.at(6), true));
  clock_.advance(Millis(5));
  ASSERT_TRUE(save(all.at(2), true));
  EXPECT_THAT(ids(page(List::saved, {})), ElementsAre(all.at(2), all.at(6)));
  const auto older = page(List::saved, {Place::Side::older, all.at(2)});
  EXPECT_THAT(ids(older), ElementsAre(all.at(6)));
  EXPECT_EQ(older.before, 1);
  EXPECT_EQ(ids(page(List::favorites, {}, 99)), all);
  const domain::User other = make_user(2002, 10);
  EXPECT_THAT(ask([&](UnitOfWork& u) { return saved_images::page(u, other.id, List::favorites, {}, 9); }).pictures,
              IsEmpty());
}

class SavedPlans : public PlanTest {};
INSTANTIATE_TEST_SUITE_P(Engines, SavedPlans, ::testing::ValuesIn(engines()), case_name);

TEST_P(SavedPlans, PagesAreReadFromTheirIndexInItsOrder) {
  std::vector<Uuid> people{user_.id};
  for (int i = 0; i < 30; ++i) {
    people.push_back(make_user(2000 + i, 1).id);
  }
  for (const Uuid& id : people) {
    fill(with_ids("INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, is_imported,"
                  " status, created_at, finished_at)"
                  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
                  " SELECT randomblob(16), $1, 'p', 'm', 0, 1, '2026-01-15', true, 'ready', $2, $2 FROM n"),
         id, db().now());
  }
  fill(with_ids("INSERT INTO user_saved_images (id, user_id, generation_request_id, is_favorite, is_saved, saved_at,"
                " favorite_at) SELECT randomblob(16), r.user_id, r.id, true, true, $1, $1 FROM generation_requests r"),
       db().now());
  analyze();
  const Uuid some = Uuid::v7(db().now(), rng_);
  for (const List list : {List::favorites, List::saved}) {
    const std::string index = list == List::favorites ? "saved_favorites" : "saved_kept";
    for (const auto side : {Place::Side::first, Place::Side::older, Place::Side::newer, Place::Side::around}) {
      const std::string plan =
          plan_of([&](UnitOfWork& u) { run(saved_images::page(u, user_.id, list, {side, some}, 9)); });
      EXPECT_THAT(plan, ::testing::HasSubstr(index)) << plan;
      // Around a picture at most a page of them is put in order once more.
      const char* scans = side == Place::Side::around ? "Seq Scan" : "Seq Scan|SCAN [sr]|USE TEMP B-TREE";
      EXPECT_THAT(plan, ::testing::Not(::testing::ContainsRegex(scans))) << plan;
    }
  }
}

}  // namespace
}  // namespace aisha
