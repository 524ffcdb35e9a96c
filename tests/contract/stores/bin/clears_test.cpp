// SPDX-License-Identifier: Apache-2.0
#include "stores/bin/clears.hpp"

#include <algorithm>

#include "stores/bin/bin_pages.hpp"
#include "stores/pictures/saved_images.hpp"
#include "stores/upkeep/leases.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace bin_pages = stores::bin_pages;
namespace clears = stores::clears;
namespace requests = stores::requests;
namespace saved_images = stores::saved_images;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class Clears : public PlanTest {
 protected:
  /// Ready pictures of the person, written past their jobs, over ten days and three styles (one of them own prompts).
  void fill_gallery(int pictures) {
    fill(with_ids("INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day,"
                  " is_imported, status, created_at, finished_at)"
                  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $3)"
                  " SELECT randomblob(16), $1, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN 'noir' ELSE 'business' END, 'p',"
                  " 'm', 0, 1, '2026-01-1' || (i % 10), true, 'ready', $2, $2 FROM n"),
         user_.id, db().now(), static_cast<std::int64_t>(pictures));
    fill(
        "INSERT INTO user_days (user_id, local_day, style, pictures, made)"
        " SELECT user_id, local_day, coalesce(template_id, ''), count(*), count(*) FROM generation_requests"
        " GROUP BY user_id, local_day, coalesce(template_id, '')");
    clock_.advance(Millis(1));
  }

  std::vector<Uuid> ids(const char* query) {
    std::vector<Uuid> out;
    for (const sql::Row row : run(db().read(sql::Statement(sql::Text::lasting(query))))) {
      out.push_back(row.uuid(0));
    }
    return out;
  }
  std::int64_t count(const char* query) { return number(sql::Statement(sql::Text::lasting(query))); }
  std::int64_t live() { return count("SELECT count(*) FROM generation_requests WHERE deleted_at IS NULL"); }
  /// Counters against rows.
  std::int64_t miscounted() {
    return count(
        "SELECT count(*) FROM user_days d WHERE d.pictures <> (SELECT count(*) FROM generation_requests r"
        " WHERE r.user_id = d.user_id AND r.local_day = d.local_day AND coalesce(r.template_id, '') = d.style"
        " AND r.status = 'ready' AND r.deleted_at IS NULL)");
  }
  std::int64_t misplaced() {
    return count(
        "SELECT count(*) FROM user_saved_images s JOIN generation_requests r ON r.id = s.generation_request_id"
        " WHERE s.in_trash <> (r.deleted_at IS NOT NULL)");
  }

  clears::Clear begin(bool keep, const char* key = "clear:1:2:3", std::int64_t limit = 1'000) {
    UnitOfWork u(db(), rng_);
    clears::Clear clear = clears::begin(u, u.new_id(), user_.id, keep, key);
    const auto step = run(clears::next(u, clear, limit));
    clears::take(u, clear, step, Millis(0));
    EXPECT_TRUE(commit(u));
    return clear;
  }
  /// What a worker does, step by step.
  clears::Clear finish(std::int64_t limit = 1'000) {
    auto taken = ask([](UnitOfWork& u) { return clears::claim(u, 9, kLease); });
    EXPECT_THAT(taken, SizeIs(1));
    clears::Clear clear = taken.at(0);
    while (clear.state == clears::State::clearing || clear.state == clears::State::restoring) {
      UnitOfWork u(db(), rng_);
      const auto step = run(clears::next(u, clear, limit));
      clears::take(u, clear, step, kLease);
      EXPECT_TRUE(commit(u));
    }
    return clear;
  }
  clears::Clear undo(Uuid id, std::int64_t limit = 1'000) {
    UnitOfWork u(db(), rng_);
    auto found = run(clears::find(u, id, user_.id));
    clears::begin_undo(u, found->clear);
    const auto step = run(clears::next(u, found->clear, limit));
    clears::take(u, found->clear, step, Millis(0));
    EXPECT_TRUE(commit(u));
    return found->clear;
  }

  /// All rows of a table as text.
  std::string all_of(const char* query) {
    std::string out;
    for (const sql::Row row : run(db().read(sql::Statement(sql::Text::lasting(query)).scan()))) {
      out += row.text(0) + "\n";
    }
    return out;
  }
  std::string everything() {
    return all_of(
               "SELECT id || '|' || user_id || '|' || coalesce(template_id, '') || '|' || local_day || '|' || status ||"
               " '|' || coalesce(cast(created_at as text), '-') || '|' || coalesce(cast(finished_at as text), '-') ||"
               " '|' || coalesce(cast(deleted_at as text), '-') || '|' || coalesce(cast(deleted_batch as text), '-') ||"
               " '|' || coalesce(cast(purged_at as text), '-') FROM generation_requests ORDER BY id") +
           all_of(
               "SELECT cast(generation_request_id as text) || '|' || cast(is_favorite as text) || '|' ||"
               " cast(is_saved as text) || '|' || cast(in_trash as text) || '|' || coalesce(custom_name, '-') || '|' ||"
               " coalesce(cast(favorite_at as text), '-') || '|' || cast(saved_at as text)"
               " FROM user_saved_images ORDER BY generation_request_id") +
           all_of(
               "SELECT local_day || '|' || style || '|' || pictures || '|' || made || '|' || kept || '|' || dropped"
               " FROM user_days ORDER BY local_day, style");
  }

  Result<void> favorite(Uuid id) {
    return write([&](UnitOfWork& u) { saved_images::set_favorite(u, user_.id, id, true); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Clears, ::testing::ValuesIn(engines()), case_name);

TEST_P(Clears, AreTakenBackRowForRow) {
  fill_gallery(2'500);
  for (const Uuid& id : ids("SELECT id FROM generation_requests ORDER BY id LIMIT 40")) {
    ASSERT_TRUE(favorite(id));
  }
  const Uuid alone = ids("SELECT id FROM generation_requests ORDER BY id DESC LIMIT 1").at(0);
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, alone, user_.id); }));
  clock_.advance(Millis(1));
  const std::string before = everything();
  const clears::Clear press = begin(false);
  EXPECT_EQ(press.state, clears::State::clearing);
  EXPECT_EQ(press.pictures, 1'000);
  EXPECT_EQ(live(), 1'499);
  EXPECT_EQ(miscounted(), 0);
  const clears::Clear done = finish();
  EXPECT_EQ(done.state, clears::State::cleared);
  EXPECT_EQ(done.pictures, 2'499);
  EXPECT_EQ(live(), 0);
  EXPECT_EQ(miscounted(), 0);
  EXPECT_EQ(misplaced(), 0);
  const auto found = ask([&](UnitOfWork& u) { return clears::find(u, press.id, user_.id); });
  EXPECT_EQ(found->clear.pictures, 2'499);
  EXPECT_EQ(found->restorable, 2'499);
  undo(press.id);
  EXPECT_EQ(live(), 1'000);
  EXPECT_EQ(miscounted(), 0);
  const clears::Clear undone = finish();
  EXPECT_EQ(undone.state, clears::State::restored);
  EXPECT_EQ(undone.restored, 2'499);
  EXPECT_EQ(everything(), before);
}

TEST_P(Clears, SpareWhatIsKept) {
  fill_gallery(30);
  const auto all = ids("SELECT id FROM generation_requests ORDER BY id");
  ASSERT_TRUE(favorite(all.at(3)));
  ASSERT_TRUE(write([&](UnitOfWork& u) { saved_images::set_saved(u, user_.id, all.at(20), true); }));
  const auto left = ask([&](UnitOfWork& u) { return clears::before(u, user_.id, ""); }).left;
  EXPECT_EQ(left.pictures, 30);
  EXPECT_EQ(left.kept, 2);
  EXPECT_EQ(begin(true).pictures, 28);
  EXPECT_THAT(ids("SELECT id FROM generation_requests WHERE deleted_at IS NULL ORDER BY id"),
              ElementsAre(all.at(3), all.at(20)));
  EXPECT_EQ(miscounted(), 0);
}

TEST_P(Clears, TouchNothingThatBecameReadyLater) {
  fill_gallery(30);
  const clears::Clear press = begin(false, "clear:1:2:3", 10);
  EXPECT_EQ(press.state, clears::State::clearing);
  clock_.advance(Millis(1));
  const Job later = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    u.write_any(sql::Statement("UPDATE generation_requests SET local_day = '2026-01-10' WHERE id = $1", later.id));
    u.write_any(
        sql::Statement("UPDATE user_days SET pictures = pictures - 1 WHERE local_day = '2026-01-15'"
                       " AND style = 'business'"));
    u.write_any(
        sql::Statement("UPDATE user_days SET pictures = pictures + 1 WHERE local_day = '2026-01-10'"
                       " AND style = 'business'"));
  }));
  EXPECT_EQ(finish(10).pictures, 30);
  EXPECT_THAT(ids("SELECT id FROM generation_requests WHERE deleted_at IS NULL"), ElementsAre(later.id));
}

TEST_P(Clears, Row106OnePressMakesOneAndIsItsOwners) {
  fill_gallery(5);
  const clears::Clear first = begin(true);
  const auto again = ask([&](UnitOfWork& u) { return clears::before(u, user_.id, "clear:1:2:3"); });
  ASSERT_TRUE(again.made);
  EXPECT_EQ(again.made->id, first.id);
  EXPECT_EQ(again.made->pictures, 5);
  EXPECT_EQ(write([&](UnitOfWork& u) { clears::begin(u, u.new_id(), user_.id, true, "clear:1:2:3"); }).error().code,
            Errc::conflict);
  const domain::User other = make_user(2002, 1);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return clears::before(u, other.id, "clear:1:2:3"); }).made);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return clears::find(u, first.id, other.id); }));
}

TEST_P(Clears, AnUndoLeavesAloneWhatCameBackOrWentByHand) {
  fill_gallery(6);
  const auto all = ids("SELECT id FROM generation_requests ORDER BY id");
  const clears::Clear press = begin(false);
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, all.at(0), user_.id); }));
  clock_.advance(Millis(5));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, all.at(1), user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, all.at(1), user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { bin_pages::remove_for_ever(u, user_.id, all.at(2)); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(all.at(3))); }));
  EXPECT_EQ(undo(press.id).restored, 2);
  EXPECT_EQ(live(), 3);
  EXPECT_EQ(miscounted(), 0);
}

TEST_P(Clears, APictureThatComesBackMeanwhileIsCountedOnce) {
  fill_gallery(6);
  const auto all = ids("SELECT id FROM generation_requests ORDER BY id");
  const clears::Clear press = begin(false);
  UnitOfWork whole(db(), rng_);
  auto found = run(clears::find(whole, press.id, user_.id));
  clears::begin_undo(whole, found->clear);
  const auto step = run(clears::next(whole, found->clear, 1'000));
  clears::take(whole, found->clear, step, Millis(0));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, all.at(0), user_.id); }));
  EXPECT_EQ(commit(whole).error().code, Errc::conflict);
  EXPECT_EQ(undo(press.id).restored, 5);
  EXPECT_EQ(live(), 6);
  EXPECT_EQ(miscounted(), 0);
}

TEST_P(Clears, AHeartGivenMeanwhileStaysWithItsPicture) {
  fill_gallery(6);
  const Uuid id = ids("SELECT id FROM generation_requests ORDER BY id").at(0);
  UnitOfWork clearing(db(), rng_);
  clears::Clear clear = clears::begin(clearing, clearing.new_id(), user_.id, false, "clear:1:2:3");
  const auto step = run(clears::next(clearing, clear, 1'000));
  clears::take(clearing, clear, step, Millis(0));
  ASSERT_TRUE(favorite(id));
  ASSERT_TRUE(commit(clearing));
  EXPECT_EQ(misplaced(), 0);
  EXPECT_EQ(count("SELECT count(*) FROM user_saved_images WHERE in_trash = true"), 1);
  undo(clear.id);
  EXPECT_EQ(count("SELECT count(*) FROM user_saved_images WHERE in_trash = false"), 1);
  EXPECT_EQ(count("SELECT sum(kept) FROM user_days"), 1);
}

TEST_P(Clears, AStepOfAWorkerThatLostItsClearWritesNothing) {
  fill_gallery(30);
  const clears::Clear press = begin(false, "clear:1:2:3", 10);
  clears::Clear stale = press;
  const auto taken = ask([](UnitOfWork& u) { return clears::claim(u, 9, kLease); });
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(ask([](UnitOfWork& u) { return clears::claim(u, 9, kLease); }), SizeIs(0));
  UnitOfWork late(db(), rng_);
  const auto step = run(clears::next(late, stale, 10));
  clears::take(late, stale, step, kLease);
  EXPECT_EQ(commit(late).error().code, Errc::conflict);
  EXPECT_EQ(live(), 20);
  // An undo takes it over, whoever works on it.
  undo(press.id, 4);
  clears::Clear held = taken.at(0);
  UnitOfWork worker(db(), rng_);
  const auto next = run(clears::next(worker, held, 10));
  clears::take(worker, held, next, kLease);
  EXPECT_EQ(commit(worker).error().code, Errc::conflict);
  EXPECT_EQ(finish(4).restored, 10);
  EXPECT_EQ(live(), 30);
  EXPECT_EQ(miscounted(), 0);
}

TEST_P(Clears, WhatADeadProcessLeftIsFreeForTheNextAtOnce) {
  fill_gallery(30);
  begin(false, "clear:1:2:3", 10);
  ASSERT_THAT(ask([](UnitOfWork& u) { return clears::claim(u, 9, kLease); }), SizeIs(1));
  ASSERT_TRUE(write([](UnitOfWork& u) { stores::leases::end_all(u); }));
  EXPECT_EQ(finish(10).pictures, 30);
}

TEST_P(Clears, StepsAndPagesAreFoundByIndex) {
  std::vector<Uuid> people{user_.id};
  for (int i = 0; i < 20; ++i) {
    people.push_back(make_user(3000 + i, 1).id);
  }
  for (const Uuid& id : people) {
    for (const char* removed : {"NULL", "$2"}) {
      fill(with_ids(fmt::format(
               "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, is_imported,"
               " status, created_at, finished_at, deleted_at)"
               " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
               " SELECT randomblob(16), $1, 'p', 'm', 0, 1, '2026-01-1' || (i % 10), true, 'ready', $2, $2, {} FROM n",
               removed)),
           id, db().now());
    }
    fill(with_ids("INSERT INTO gallery_clears (id, user_id, request_key, upto, state, updated_at)"
                  " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
                  " SELECT randomblob(16), $1, $3 || ':' || i, $2, 'cleared', $2 FROM n"),
         id, db().now(), id.to_string());
  }
  clears::Clear clear = begin(false);
  analyze();
  clear.state = clears::State::clearing;
  const auto next = [&](UnitOfWork& u) { run(clears::next(u, clear, 1'000)); };
  EXPECT_THAT(plan_of(next), HasSubstr("generation_days"));
  clear.state = clears::State::restoring;
  EXPECT_THAT(plan_of(next), HasSubstr("generation_by_clear"));
  EXPECT_THAT(plan_of([&](UnitOfWork& u) { run(clears::next_due(u)); }), HasSubstr("clears_open"));
  const std::string page = plan_of([&](UnitOfWork& u) { run(bin_pages::page(u, user_.id, TimePoint{}, {}, 9)); });
  EXPECT_THAT(page, HasSubstr("generation_bin"));
  EXPECT_THAT(page, Not(::testing::ContainsRegex("Seq Scan on generation_requests|SCAN r|generation_trash")));
}

class BinPages : public Clears {
 protected:
  bin_pages::Page page(domain::PageStart place = {}, TimePoint since = {}) {
    return ask([&](UnitOfWork& u) { return bin_pages::page(u, user_.id, since, place, 3); });
  }
  static std::vector<Uuid> ids_of(const bin_pages::Page& page) {
    std::vector<Uuid> out;
    for (const auto& own : page.pictures) {
      out.push_back(own.picture.id);
    }
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, BinPages, ::testing::ValuesIn(engines()), case_name);

TEST_P(BinPages, AreReadBothWaysNewestRemovalFirst) {
  fill_gallery(7);
  std::vector<Uuid> all = ids("SELECT id FROM generation_requests ORDER BY id");
  const TimePoint first = clock_.now();
  for (const Uuid& id : all) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
    clock_.advance(Millis(1));
  }
  std::ranges::reverse(all);
  using Side = domain::PageStart::Side;
  EXPECT_THAT(ids_of(page()), ElementsAre(all.at(0), all.at(1), all.at(2)));
  EXPECT_EQ(page().total, 7);
  EXPECT_EQ(page().oldest, first);
  const auto second = page({Side::older, all.at(2)});
  EXPECT_THAT(ids_of(second), ElementsAre(all.at(3), all.at(4), all.at(5)));
  EXPECT_EQ(second.before, 3);
  EXPECT_THAT(ids_of(page({Side::newer, all.at(6)})), ElementsAre(all.at(3), all.at(4), all.at(5)));
  EXPECT_THAT(ids_of(page({Side::newer, all.at(2)})), ElementsAre(all.at(0), all.at(1), all.at(2)));
  EXPECT_THAT(ids_of(page({Side::older, Uuid::v7(db().now(), rng_)})), ElementsAre(all.at(0), all.at(1), all.at(2)));
  EXPECT_EQ(page({}, first).total, 6) << "the first one is about to go";
}

TEST_P(BinPages, ForEverIsNeitherShownNorRestoredAndGoesFirst) {
  fill_gallery(2);
  const auto all = ids("SELECT id FROM generation_requests ORDER BY id");
  const auto for_ever = [&](Uuid id, Uuid owner) {
    return write([&](UnitOfWork& u) { bin_pages::remove_for_ever(u, owner, id); });
  };
  EXPECT_FALSE(for_ever(all.at(0), user_.id)) << "it is not removed";
  for (const Uuid& id : all) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
  }
  EXPECT_FALSE(for_ever(all.at(0), make_user(2002, 1).id)) << "it is not theirs";
  ASSERT_TRUE(for_ever(all.at(0), user_.id));
  EXPECT_FALSE(for_ever(all.at(0), user_.id)) << "once";
  EXPECT_THAT(ids_of(page()), ElementsAre(all.at(1)));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return bin_pages::find(u, user_.id, all.at(0), TimePoint{}); }));
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return bin_pages::find(u, user_.id, all.at(1), TimePoint{}); }));
  const auto going = ask([&](UnitOfWork& u) { return requests::purge_candidates(u, clock_.now() - Millis(1), 9); });
  ASSERT_THAT(going, SizeIs(1));
  EXPECT_EQ(going.at(0).id, all.at(0));
}

}  // namespace
}  // namespace aisha
