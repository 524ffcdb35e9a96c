// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace generations = stores::generations;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Generations : public StoreTest {
 protected:
  std::vector<Generation> page(std::optional<generations::Cursor> behind, std::int64_t limit) {
    return ask([&](UnitOfWork& u) { return generations::history(u, user_.id, behind, limit); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Generations, ::testing::ValuesIn(engines()), case_name);

TEST_P(Generations, ARequestComesBackAsItWasMade) {
  Generation g = draft(user_);
  g.template_id = "";
  g.custom_prompt = "кот";
  g.seed = 42;
  g.parent_id = queued().id;
  g.status_message_id = 9;
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::create(u, g, "k"); }));
  const Generation found = load(g.id);
  EXPECT_EQ(found.template_id, "");
  EXPECT_EQ(found.custom_prompt, "кот");
  EXPECT_EQ(found.prompt, g.prompt);
  EXPECT_EQ(found.seed, 42);
  EXPECT_EQ(found.parent_id, g.parent_id);
  EXPECT_EQ(found.price, kPrice);
  EXPECT_EQ(found.chat_id, 1001);
  EXPECT_EQ(found.status_message_id, 9);
  EXPECT_EQ(found.local_day, "2026-01-15");
  EXPECT_EQ(found.state, JobState::queued);
  EXPECT_EQ(found.max_attempts, 3);
  EXPECT_EQ(found.created_at, clock_.now());
  EXPECT_EQ(found.next_at, clock_.now());
  EXPECT_EQ(found.deadline_at, clock_.now() + kDeadline);
  EXPECT_FALSE(found.finished_at);
}

TEST_P(Generations, AnotherUsersRequestDoesNotExist) {
  const Generation job = queued();
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return generations::load_owned(u, job.id, user_.id); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return generations::load_owned(u, job.id, Uuid{}); }));
}

TEST_P(Generations, ActiveOnesAreCountedUntilTheyFinish) {
  const auto active = [&] { return ask([&](UnitOfWork& u) { return generations::count_active(u, user_.id); }); };
  queued();
  EXPECT_EQ(active(), 1);
  EXPECT_THAT(ask([&](UnitOfWork& u) { return generations::list_active(u, user_.id); }), SizeIs(1));
  const Generation job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::job_steps::cancel(u, job); }));
  EXPECT_EQ(active(), 0);
}

TEST_P(Generations, ThePlaceInTheQueueCountsThoseBefore) {
  const Generation first = queued();
  clock_.advance(Millis(1));
  const Generation second = queued();
  EXPECT_EQ(ask([&](UnitOfWork& u) { return generations::queue_ahead(u, first.id); }), 0);
  EXPECT_EQ(ask([&](UnitOfWork& u) { return generations::queue_ahead(u, second.id); }), 1);
}

TEST_P(Generations, TheHistoryIsPagedWithoutGapsOrRepeats) {
  std::vector<Uuid> made;
  for (int i = 0; i < 7; ++i) {
    made.insert(made.begin(), succeeded("t" + std::to_string(i)).id);
    clock_.advance(Millis(i % 2));  // some of them share a millisecond
  }
  std::vector<Uuid> seen;
  std::optional<generations::Cursor> behind;
  for (auto rows = page(behind, 3); !rows.empty(); rows = page(behind, 3)) {
    for (const Generation& g : rows) {
      seen.push_back(g.id);
    }
    behind = generations::Cursor{rows.back().created_at, rows.back().id};
  }
  std::ranges::sort(made);
  std::vector<Uuid> sorted = seen;
  std::ranges::sort(sorted);
  EXPECT_EQ(sorted, made);
  EXPECT_EQ(page(std::nullopt, 1).at(0).id, seen.at(0));
}

TEST_P(Generations, ADeletedPictureLeavesTheHistoryAndComesBack) {
  const Generation g = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::soft_delete(u, g.id, user_.id); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { generations::soft_delete(u, g.id, user_.id); })) << "deleted once";
  EXPECT_THAT(page(std::nullopt, 9), IsEmpty());
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM generation_history")), 0);
  EXPECT_FALSE(write([&](UnitOfWork& u) { generations::restore(u, g.id, Uuid{}); })) << "not theirs";
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::restore(u, g.id, user_.id); }));
  EXPECT_THAT(page(std::nullopt, 9), SizeIs(1));
}

TEST_P(Generations, AnUnfinishedOneCannotBeDeleted) {
  const Generation job = queued();
  EXPECT_FALSE(write([&](UnitOfWork& u) { generations::soft_delete(u, job.id, user_.id); }));
}

TEST_P(Generations, APurgedPictureForgetsItsWordsAndKeepsTheLedgerWhole) {
  const Generation g = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::soft_delete(u, g.id, user_.id); }));
  const auto candidates = [&] {
    return ask([&](UnitOfWork& u) { return generations::purge_candidates(u, clock_.now(), 9); });
  };
  EXPECT_THAT(candidates(), IsEmpty());
  clock_.advance(Millis(1));
  ASSERT_THAT(candidates(), SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::purge(u, g.id); }));
  EXPECT_THAT(candidates(), IsEmpty());
  EXPECT_EQ(load(g.id).prompt, "");
  EXPECT_EQ(load(g.id).object_key, "");
  EXPECT_FALSE(write([&](UnitOfWork& u) { generations::restore(u, g.id, user_.id); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Generations, AStoreWithoutAnyPictureIsToldFromOneThatHasSome) {
  const auto any = [&] { return ask([&](UnitOfWork& u) { return generations::any_picture(u); }); };
  EXPECT_FALSE(any());
  queued();
  EXPECT_FALSE(any());
  succeeded("t1");
  EXPECT_TRUE(any());
}

TEST_P(Generations, FileIdsAreFilledOneByOne) {
  const Generation g = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::set_file_ids(u, g.id, "photo", ""); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::set_file_ids(u, g.id, "", "document"); }));
  EXPECT_EQ(load(g.id).photo_file_id, "photo");
  EXPECT_EQ(load(g.id).document_file_id, "document");
  ASSERT_TRUE(write([&](UnitOfWork& u) { generations::set_status_message(u, g.id, 12); }));
  EXPECT_EQ(load(g.id).status_message_id, 12);
}

TEST_P(Generations, StatisticsSpeakOfFinishedPictures) {
  for (const Millis took : {Millis(100), Millis(900), Millis(200)}) {
    running("t" + std::to_string(took.count()));
    clock_.advance(took);
    happen(success("t" + std::to_string(took.count())));
    const Generation job = claimed(JobState::storing);
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::job_steps::succeed(u, job, picture(job)); }));
  }
  queued();
  const auto times = ask([](UnitOfWork& u) { return generations::median_times(u, from_epoch_ms(0)); });
  ASSERT_THAT(times, SizeIs(1));
  EXPECT_EQ(times[0].model, "fal-ai/flux-lora");
  EXPECT_EQ(times[0].median, Millis(200));
  EXPECT_EQ(times[0].pictures, 3);
  const auto popular = ask([](UnitOfWork& u) { return generations::popular_templates(u, from_epoch_ms(0), 9); });
  ASSERT_THAT(popular, SizeIs(1));
  EXPECT_EQ(popular[0].template_id, "business");
  EXPECT_EQ(popular[0].pictures, 3);
}

}  // namespace
}  // namespace aisha
