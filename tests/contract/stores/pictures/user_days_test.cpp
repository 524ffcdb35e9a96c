// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/user_days.hpp"

#include "stores/import/imports.hpp"
#include "stores/pictures/saved_images.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace requests = stores::requests;
namespace user_days = stores::user_days;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// What a row counts, in the order of the table.
using Counts = std::vector<std::int64_t>;

class UserDays : public StoreTest {
 protected:
  Counts counts(const std::string& style = "business", const std::string& day = "2026-01-15") {
    const sql::Rows rows = run(db().read(
        sql::Statement("SELECT pictures, made, kept, dropped, spent, timed, took_ms FROM user_days WHERE user_id = $1"
                       " AND local_day = $2 AND style = $3",
                       user_.id, day, style)));
    Counts out;
    for (std::size_t i = 0; !rows.empty() && i < 7; ++i) {
      out.push_back(rows[0].i64(i));
    }
    return out;
  }
  /// Pictures, made, kept and dropped.
  Counts first_counts() {
    Counts all = counts();
    all.resize(4);
    return all;
  }

  void put(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), 1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  }
  void keep(const Uuid& id) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::saved_images::set_saved(u, user_.id, id, true); }));
  }
  std::int64_t in_trash() {
    return number(sql::Statement("SELECT count(*) FROM user_saved_images WHERE in_trash = true"));
  }
  void remove(const Uuid& id) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
  }
  void restore(const Uuid& id) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, id, user_.id); }));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, UserDays, ::testing::ValuesIn(engines()), case_name);

TEST_P(UserDays, AReadyPictureIsCountedWithItsPriceAndItsTime) {
  const Job first = running("t1");
  happen(success("t1"));
  const Job storing = claimed(JobState::storing);
  clock_.advance(Millis(4'000));
  ASSERT_TRUE(write(
      [&](UnitOfWork& u) { requests::make_ready(u, storing.id, object(storing), u.now() - storing.created_at); }));
  EXPECT_THAT(counts(), ElementsAre(1, 1, 0, 0, kPrice, 1, 4'000)) << first.id.to_string();
  succeeded("t2");
  EXPECT_THAT(counts(), ElementsAre(2, 2, 0, 0, 2 * kPrice, 2, 4'000));
}

TEST_P(UserDays, OneThatEndsWithoutAPictureCountsNothing) {
  queued();
  const Job job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::cancelled, Errc::job_cancelled); }));
  EXPECT_THAT(counts(), IsEmpty());
}

TEST_P(UserDays, AnEndThatComesTooLateCountsNothing) {
  const Job job = succeeded("t1");
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::make_ready(u, job.id, object(job), Millis(1)); }));
  EXPECT_THAT(counts(), ElementsAre(1, 1, 0, 0, kPrice, 1, 0));
}

TEST_P(UserDays, OwnPromptsAreCountedByThemselvesAndWaitForTheirWordsToBeRead) {
  const auto unread = [&] { return number(sql::Statement("SELECT count(*) FROM unread_pictures")); };
  succeeded("t1");
  EXPECT_EQ(unread(), 0) << "a style has no words of one's own";
  Picture own = draft(user_);
  own.template_id = "";
  own.custom_prompt = "кот";
  ASSERT_TRUE(write([&](UnitOfWork& u) { ask_for(u, own, "app:own"); }));
  const Job job = load(own.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::make_ready(u, own.id, object(job), Millis(7)); }));
  EXPECT_THAT(counts(""), ElementsAre(1, 1, 0, 0, kPrice, 1, 7));
  EXPECT_EQ(unread(), 1);
}

TEST_P(UserDays, ARemovedPictureLeavesAndARestoredOneReturnsAsIfNothingWas) {
  const Uuid id = succeeded("t1").id;
  keep(id);
  const Counts before = counts();
  EXPECT_THAT(first_counts(), ElementsAre(1, 1, 1, 0));
  remove(id);
  EXPECT_THAT(first_counts(), ElementsAre(0, 1, 1, 1));
  EXPECT_EQ(in_trash(), 1);
  restore(id);
  EXPECT_EQ(counts(), before);
  EXPECT_EQ(in_trash(), 0);
}

TEST_P(UserDays, WhatIsRefusedIsNotCounted) {
  const Uuid id = succeeded("t1").id;
  const auto refused = [&](auto verb, Uuid owner) { EXPECT_FALSE(write([&](UnitOfWork& u) { verb(u, id, owner); })); };
  refused(requests::restore, user_.id);
  refused(requests::soft_delete, Uuid{});
  remove(id);
  refused(requests::soft_delete, user_.id);
  refused(requests::restore, Uuid{});
  EXPECT_THAT(first_counts(), ElementsAre(0, 1, 0, 1));
}

TEST_P(UserDays, OneThatAClearRemovedGivesNothingDroppedBack) {
  const Uuid id = succeeded("t1").id;
  remove(id);
  put(sql::Statement("UPDATE generation_requests SET deleted_batch = $2 WHERE id = $1", id, user_.id));
  put(sql::Statement("UPDATE user_days SET dropped = 0"));
  restore(id);
  EXPECT_THAT(first_counts(), ElementsAre(1, 1, 0, 0));
}

TEST_P(UserDays, ForgettingAPictureTakesItsMarkAndLeavesWhatWasMade) {
  const Uuid id = succeeded("t1").id;
  keep(id);
  keep(succeeded("t2").id);
  remove(id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(id)); }));
  EXPECT_THAT(counts(), ElementsAre(1, 2, 1, 1, 2 * kPrice, 2, 0));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(UserDays, WithoutAMarkAPictureIsKeptNoMore) {
  const Uuid id = succeeded("t1").id;
  keep(id);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::saved_images::set_saved(u, user_.id, id, false); }));
  EXPECT_THAT(first_counts(), ElementsAre(1, 1, 0, 0));
}

TEST_P(UserDays, AnImportedPictureIsCountedOnceWithoutCoinsAndTime) {
  stores::imports::Imported old;
  old.picture = draft(user_);
  old.picture.price = 0;
  old.picture.custom_prompt = "кот";
  old.picture.template_id = "";
  old.picture.created_at = db().now() - Millis(9'000);
  old.picture.finished_at = db().now();
  old.place = "https://example.org/a/b.jpg";
  old.is_favorite = true;
  const auto take = [&] { return write([&](UnitOfWork& u) { stores::imports::add_picture(u, old); }); };
  ASSERT_TRUE(take());
  EXPECT_FALSE(take());
  EXPECT_THAT(counts(""), ElementsAre(1, 1, 1, 0, 0, 0, 0));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM unread_pictures")), 1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM user_saved_images WHERE is_favorite = true AND is_saved = false"
                                  " AND favorite_at IS NOT NULL")),
            1);
}

}  // namespace
}  // namespace aisha
