// SPDX-License-Identifier: Apache-2.0
#include "stores/privacy/own_data.hpp"

#include "stores/pictures/saved_images.hpp"
#include "tests/contract/stores/plan_test.hpp"

namespace aisha {
namespace {

namespace own_data = stores::own_data;
namespace requests = stores::requests;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class OwnData : public PlanTest {
 protected:
  static Uuid last() {
    Uuid id;
    id.bytes.fill(0xFF);
    return id;
  }
  template <class Verb>
  auto of_user(Verb verb) {
    return ask([&](UnitOfWork& u) { return verb(u, user_.id); });
  }
  static std::vector<Uuid> ids_of(const std::vector<domain::OwnPicture>& page) {
    std::vector<Uuid> out;
    for (const auto& own : page) {
      out.push_back(own.picture.id);
    }
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, OwnData, ::testing::ValuesIn(engines()), case_name);

TEST_P(OwnData, CountsWhatIsThereAndInTheBinOfOnePersonAlone) {
  const auto nothing = of_user(own_data::figures);
  EXPECT_EQ(nothing.pictures + nothing.binned + nothing.bytes + nothing.avatars, 0);
  EXPECT_FALSE(nothing.is_shared);
  const Job kept = succeeded("t1");
  const Job removed = succeeded("t2");
  const Job purged = succeeded("t3");
  queued();
  for (const Job& job : {removed, purged}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, job.id, user_.id); }));
  }
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(purged.id)); }));
  const auto figures = of_user(own_data::figures);
  EXPECT_EQ(figures.pictures, 1);
  EXPECT_EQ(figures.binned, 1);
  EXPECT_EQ(figures.bytes, request(kept.id).object.bytes + request(removed.id).object.bytes);
  const auto other = make_user(2002, 1);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return own_data::figures(u, other.id); }).pictures, 0);
}

TEST_P(OwnData, PicturesComeInTheOrderOfTheirIdsRangeByRange) {
  std::vector<Uuid> all;
  for (const char* token : {"t1", "t2", "t3", "t4"}) {
    all.push_back(succeeded(token).id);
    clock_.advance(Millis(5));
  }
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::saved_images::set_name(u, user_.id, all.at(1), "Лето"); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, all.at(2), user_.id); }));
  const auto stored = [&](own_data::Range range, std::int64_t limit) {
    return ids_of(ask([&](UnitOfWork& u) { return own_data::stored(u, user_.id, range, limit); }));
  };
  EXPECT_THAT(stored({{}, last()}, 9), ElementsAre(all.at(0), all.at(1), all.at(2), all.at(3)));
  EXPECT_THAT(stored({{}, last()}, 2), ElementsAre(all.at(0), all.at(1)));
  EXPECT_THAT(stored({all.at(1), all.at(2)}, 9), ElementsAre(all.at(2)));
  EXPECT_THAT(stored({all.at(3), last()}, 9), IsEmpty());
  const auto names = of_user(own_data::names);
  ASSERT_THAT(names, SizeIs(4));
  EXPECT_EQ(names.at(1).id, all.at(1));
  EXPECT_EQ(names.at(1).name, "Лето");
  EXPECT_EQ(names.at(0).template_id, "business");
  EXPECT_EQ(names.at(0).local_day, "2026-01-15");
  EXPECT_EQ(names.at(0).object_key, request(all.at(0)).object.key);
}

TEST_P(OwnData, WhatDidNotWorkOutIsAmongWhatIsOver) {
  const Job good = succeeded("t1");
  const Job bad = queued();
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, bad, JobState::cancelled, Errc::job_cancelled); }));
  queued();
  const auto over = ask([&](UnitOfWork& u) { return own_data::finished(u, user_.id, {{}, last()}, 9); });
  EXPECT_THAT(ids_of(over), ElementsAre(good.id, bad.id));
  EXPECT_EQ(over.at(1).picture.state, PictureState::cancelled);
}

TEST_P(OwnData, TheMovementsExplainTheBalance) {
  succeeded("t1");
  const Job bad = queued();
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, bad, JobState::cancelled, Errc::job_cancelled); }));
  queued();
  std::int64_t sum = 0;
  for (const auto& one : of_user(own_data::movements)) {
    sum += one.coins;
  }
  const auto person = of_user(own_data::person);
  ASSERT_TRUE(person);
  EXPECT_EQ(sum, person->available);
  EXPECT_EQ(person->available, balance().available);
  EXPECT_EQ(person->held, kPrice);
  EXPECT_EQ(person->user.first_name, "Анна");
  const auto by_number = ask([&](UnitOfWork& u) { return own_data::person_of(u, user_.telegram_id); });
  ASSERT_TRUE(by_number);
  EXPECT_EQ(by_number->user.id, user_.id);
  EXPECT_FALSE(ask([](UnitOfWork& u) { return own_data::person_of(u, 404); }));
  EXPECT_FALSE(ask([](UnitOfWork& u) { return own_data::person(u, Uuid()); }));
}

TEST_P(OwnData, OnePersonIsReadByIndexHoweverManyThereAre) {
  for (int i = 0; i < 20; ++i) {
    const Uuid id = make_user(3000 + i, 1).id;
    for (const char* removed : {"NULL", "$2"}) {
      fill(with_ids(fmt::format(
               "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, is_imported,"
               " status, bucket, object_key, bytes, created_at, finished_at, deleted_at)"
               " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
               " SELECT randomblob(16), $1, 'p', 'm', 0, 1, '2026-01-1' || (i % 10), true, 'ready', 'b',"
               " $3 || ':' || i, 1, $2, $2, {} FROM n",
               removed)),
           id, db().now(), fmt::format("{}:{}", id.to_string(), removed));
    }
  }
  analyze();
  const Uuid id = user_.id;
  const own_data::Range all{{}, last()};
  const auto never_scans = [](const std::string& plan) {
    EXPECT_THAT(plan,
                Not(::testing::ContainsRegex("Seq Scan on generation_requests|SCAN r($|\n)|SCAN generation_req")));
    return plan;
  };
  EXPECT_THAT(never_scans(plan_of([&](UnitOfWork& u) { run(own_data::figures(u, id)); })), HasSubstr("generation_bin"));
  EXPECT_THAT(never_scans(plan_of([&](UnitOfWork& u) { run(own_data::stored(u, id, all, 100)); })),
              HasSubstr("generation_bin"));
  never_scans(plan_of([&](UnitOfWork& u) { run(own_data::names(u, id)); }));
  never_scans(plan_of([&](UnitOfWork& u) { run(own_data::finished(u, id, all, 100)); }));
  if (!is_postgres()) {
    EXPECT_THAT(plan_of([&](UnitOfWork& u) { run(own_data::movements(u, id)); }), HasSubstr("transfer_from"));
  }
}

}  // namespace
}  // namespace aisha
