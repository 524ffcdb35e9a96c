// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "stores/pictures/file_ids.hpp"
#include "stores/pictures/user_days.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace requests = stores::requests;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Requests : public StoreTest {
 protected:
  std::vector<Picture> page(std::optional<requests::Cursor> behind, std::int64_t limit) {
    return ask([&](UnitOfWork& u) { return requests::history(u, user_.id, behind, limit); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Requests, ::testing::ValuesIn(engines()), case_name);

TEST_P(Requests, ARequestComesBackAsItWasMade) {
  Picture p = draft(user_);
  p.template_id = "";
  p.custom_prompt = "кот";
  p.seed = 42;
  p.parent_id = queued().id;
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::create(u, p); }));
  const Picture found = request(p.id);
  EXPECT_EQ(found.template_id, "");
  EXPECT_EQ(found.custom_prompt, "кот");
  EXPECT_EQ(found.prompt, p.prompt);
  EXPECT_EQ(found.seed, 42);
  EXPECT_EQ(found.parent_id, p.parent_id);
  EXPECT_EQ(found.price, kPrice);
  EXPECT_EQ(found.chat_id, 1001);
  EXPECT_EQ(found.local_day, "2026-01-15");
  EXPECT_EQ(found.state, PictureState::open);
  EXPECT_FALSE(found.is_imported);
  EXPECT_EQ(found.created_at, clock_.now());
  EXPECT_FALSE(found.finished_at);
}

TEST_P(Requests, AnOpenOneIsReadWithItsJobAndAnEndedOneWithoutOnceThatIsGone) {
  const Job job = succeeded("t1");
  const auto followed = [&] { return ask([&](UnitOfWork& u) { return requests::follow(u, job.id); }); };
  ASSERT_TRUE(followed()->job);
  EXPECT_EQ(followed()->job->id, job.id);
  EXPECT_EQ(followed()->job->attempt, 1);
  EXPECT_FALSE(followed()->avatar);
  clock_.advance(Millis(1));
  ask([&](UnitOfWork& u) { return stores::jobs::sweep(u, db().now(), 9); });
  EXPECT_FALSE(followed()->job);
  EXPECT_EQ(followed()->picture.state, PictureState::ready);
}

TEST_P(Requests, AnEndedOneNeverEndsAgain) {
  const Job job = succeeded("t1");
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::close(u, job.id, PictureState::failed, "job.deadline"); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::make_ready(u, job.id, object(job), Millis(1)); }));
}

TEST_P(Requests, AnotherUsersRequestDoesNotExist) {
  const Job job = queued();
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return requests::load_owned(u, job.id, user_.id); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return requests::load_owned(u, job.id, Uuid{}); }));
}

TEST_P(Requests, OpenOrdersAreCountedUntilTheyEndAndABatchIsOne) {
  const auto open = [&] { return ask([&](UnitOfWork& u) { return requests::before(u, "new", user_.id); }).open; };
  queued();
  EXPECT_EQ(open(), 1);
  const Uuid batch = Uuid::v7(db().now(), rng_);
  for (int i = 0; i < 3; ++i) {
    Picture member = draft(user_);
    member.batch_id = batch;
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::create(u, member); }));
  }
  EXPECT_EQ(open(), 2);
  const Job job = claimed(JobState::queued);
  ASSERT_TRUE(write([&](UnitOfWork& u) { end(u, job, JobState::cancelled, Errc::job_cancelled); }));
  EXPECT_EQ(open(), 1);
}

TEST_P(Requests, TheHistoryIsPagedWithoutGapsOrRepeats) {
  std::vector<Uuid> made;
  for (int i = 0; i < 7; ++i) {
    made.insert(made.begin(), succeeded("t" + std::to_string(i)).id);
    clock_.advance(Millis(i % 2));  // some of them share a millisecond
  }
  std::vector<Uuid> seen;
  std::optional<requests::Cursor> behind;
  for (auto rows = page(behind, 3); !rows.empty(); rows = page(behind, 3)) {
    for (const Picture& p : rows) {
      seen.push_back(p.id);
    }
    behind = requests::Cursor{rows.back().local_day, rows.back().id};
  }
  std::ranges::sort(made);
  std::vector<Uuid> sorted = seen;
  std::ranges::sort(sorted);
  EXPECT_EQ(sorted, made);
  EXPECT_EQ(page(std::nullopt, 1).at(0).id, seen.at(0));
}

TEST_P(Requests, ADeletedPictureLeavesTheHistoryAndComesBack) {
  const Job g = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, g.id, user_.id); }));
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::soft_delete(u, g.id, user_.id); })) << "deleted once";
  EXPECT_THAT(page(std::nullopt, 9), IsEmpty());
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM generation_history")), 0);
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::restore(u, g.id, Uuid{}); })) << "not theirs";
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, g.id, user_.id); }));
  EXPECT_THAT(page(std::nullopt, 9), SizeIs(1));
}

TEST_P(Requests, AnUnfinishedOneCannotBeDeleted) {
  const Job job = queued();
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::soft_delete(u, job.id, user_.id); }));
}

TEST_P(Requests, WhatIsDoomedCannotComeBackAndWhatCameBackIsNotDoomed) {
  const Job back = succeeded("t1");
  const Job gone = succeeded("t2");
  for (const Job& job : {back, gone}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, job.id, user_.id); }));
  }
  clock_.advance(Millis(1));
  const TimePoint before = clock_.now();
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::restore(u, back.id, user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    requests::doom(u, back.id, before);
    requests::doom(u, gone.id, before);
  }));
  EXPECT_FALSE(request(back.id).deleted_at);
  EXPECT_EQ(request(gone.id).deleted_at, domain::kForEver);
  EXPECT_EQ(write([&](UnitOfWork& u) { requests::restore(u, gone.id, user_.id); }).error().code, Errc::conflict);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Requests, APurgedPictureForgetsItsWordsAndKeepsTheLedgerWhole) {
  const Job g = succeeded("t1");
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, g.id, user_.id); }));
  const auto candidates = [&] {
    return ask([&](UnitOfWork& u) { return requests::purge_candidates(u, clock_.now(), 9); });
  };
  EXPECT_THAT(candidates(), IsEmpty());
  clock_.advance(Millis(1));
  ASSERT_THAT(candidates(), SizeIs(1));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(g.id)); }));
  EXPECT_THAT(candidates(), IsEmpty());
  EXPECT_EQ(request(g.id).prompt, "");
  EXPECT_EQ(request(g.id).object.key, "");
  EXPECT_FALSE(write([&](UnitOfWork& u) { requests::restore(u, g.id, user_.id); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Requests, AStoreWithoutAnyPictureIsToldFromOneThatHasSome) {
  const auto any = [&] { return ask([&](UnitOfWork& u) { return requests::any_picture(u); }); };
  EXPECT_FALSE(any());
  queued();
  EXPECT_FALSE(any());
  succeeded("t1");
  EXPECT_TRUE(any());
}

TEST_P(Requests, TellsWhetherPicturesOfATimeHaveObjects) {
  const auto any = [&](TimePoint first, TimePoint end) {
    Uuid from;
    Uuid to;
    from.stamp(first);
    to.stamp(end);
    return ask([&](UnitOfWork& u) { return requests::any_object(u, from, to); });
  };
  const TimePoint before = clock_.now();
  queued();
  EXPECT_FALSE(any(before, before + Millis(1'000))) << "it has none yet";
  const Job g = succeeded("t1");
  const TimePoint then = g.id.time();
  EXPECT_TRUE(any(then, then + Millis(1)));
  EXPECT_FALSE(any(then - Millis(1'000), then));
  EXPECT_FALSE(any(then + Millis(1), then + Millis(1'000)));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, g.id, user_.id); }));
  EXPECT_TRUE(any(then, then + Millis(1))) << "the trash keeps it";
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(g.id)); }));
  EXPECT_FALSE(any(then, then + Millis(1)));
}

TEST_P(Requests, APurgedPictureLeavesNoIdOfItsFilesAtTelegram) {
  const Job g = succeeded("t1");
  const Job other = succeeded("t2");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::file_ids::put(u, 1, domain::result_photo_key(g.id), "photo");
    stores::file_ids::put(u, 2, domain::document_photo_key(g.id), "document");
    stores::file_ids::put(u, 1, domain::result_photo_key(other.id), "another");
    requests::soft_delete(u, g.id, user_.id);
  }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(g.id)); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM file_ids")), 1);
}

TEST_P(Requests, APurgedPictureLeavesNoSheetThatMayShowIt) {
  const Job g = succeeded("t1");
  const Uuid stranger = make_user(2002, 0).id;
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::file_ids::put(u, 1, "own/day", "a", {user_.id, "day:2026-01-15"});
    stores::file_ids::put(u, 1, "own/list", "b", {user_.id, "list"});
    stores::file_ids::put(u, 1, "own/bin", "c", {user_.id, "bin"});
    stores::file_ids::put(u, 1, "own/other", "d", {user_.id, "day:2026-01-16"});
    stores::file_ids::put(u, 1, "own/stranger", "e", {stranger, "list"});
    requests::soft_delete(u, g.id, user_.id);
  }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(g.id)); }));
  const sql::Rows left = run(db().read(sql::Statement("SELECT file_id FROM file_ids ORDER BY file_id")));
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].text(0), "d");
  EXPECT_EQ(left[1].text(0), "e");
}

TEST_P(Requests, NothingOfAPurgedPictureStaysAndItsMessagesAreToBeBlanked) {
  const Uuid gone = succeeded("t1").id;
  const Uuid other = succeeded("t2").id;
  const auto put = [&](sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), 1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  };
  const Uuid album = Uuid::v7(db().now(), rng_);
  put(sql::Statement("INSERT INTO albums (id, user_id, name, created_at) VALUES ($1, $2, 'a', $3)", album, user_.id,
                     db().now()));
  std::int64_t message = 0;
  for (const Uuid& id : {gone, other}) {
    ASSERT_TRUE(write([&](UnitOfWork& u) { stores::user_days::kept(u, user_.id, id); }));
    put(
        sql::Statement("INSERT INTO user_saved_images (id, user_id, generation_request_id, is_saved, saved_at)"
                       " VALUES ($1, $2, $1, true, $3)",
                       id, user_.id, db().now()));
    put(sql::Statement("INSERT INTO picture_texts (user_id, generation_id, words) VALUES ($1, $2, ' cat ')", user_.id,
                       id));
    put(sql::Statement("INSERT INTO unread_pictures (generation_id) VALUES ($1)", id));
    put(sql::Statement("INSERT INTO album_pictures (album_id, generation_id, added_at) VALUES ($1, $2, $3)", album, id,
                       db().now()));
    put(sql::Statement("INSERT INTO picture_tags (user_id, tag, generation_id) VALUES ($1, 'sea', $2)", user_.id, id));
    put(
        sql::Statement("INSERT INTO picture_messages (chat_id, message_id, generation_id, kind, sent_at)"
                       " VALUES (1001, $1, $2, 'result', $3)",
                       ++message, id, db().now()));
  }
  const sql::Text tables[] = {"SELECT count(*) FROM user_saved_images", "SELECT count(*) FROM picture_texts",
                              "SELECT count(*) FROM unread_pictures",   "SELECT count(*) FROM album_pictures",
                              "SELECT count(*) FROM picture_tags",      "SELECT count(*) FROM picture_messages"};
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, gone, user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(gone)); }));
  for (const sql::Text& left : tables) {
    EXPECT_EQ(number(sql::Statement(left)), 1) << left.c_str();
  }
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM message_blanks WHERE chat_id = 1001 AND message_id = 1")), 1);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM message_blanks")), 1);
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

TEST_P(Requests, WithAPictureTheSheetsItIsOnAreForgottenAndNoOthers) {
  const Uuid gone = succeeded("t1").id;
  const auto put = [&](const char* key, const Uuid& owner, const char* scope) {
    sql::Batch batch;
    batch.push_back({sql::Statement("INSERT INTO file_ids (bot_id, photo_key, file_id, user_id, scope, updated_at)"
                                    " VALUES (1, $1, 'f', $2, $3, $4)",
                                    key, owner, scope, db().now()),
                     1});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  };
  put("its day", user_.id, "day:2026-01-15");
  put("its list", user_.id, "list");
  put("another day", user_.id, "day:2026-01-16");
  put("another person's", Uuid::v7(db().now(), rng_), "list");
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, gone, user_.id); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::purge(u, request(gone)); }));
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM file_ids WHERE photo_key LIKE 'its%'")), 0);
  EXPECT_EQ(number(sql::Statement("SELECT count(*) FROM file_ids WHERE photo_key LIKE 'another%'")), 2);
}

TEST_P(Requests, AnImportedPictureNeedsNeitherObjectNorHash) {
  const Uuid id = Uuid::v7(db().now(), rng_);
  const auto put = [&](bool imported) {
    sql::Batch batch;
    batch.push_back({sql::Statement("INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id,"
                                    " local_day, is_imported, status, created_at, finished_at)"
                                    " VALUES ($1, $2, 'p', 'm', 0, 1, '2026-01-15', $3, 'ready', $4, $4)",
                                    id, user_.id, imported, db().now()),
                     1});
    run(db().write(std::move(batch)));
  };
  EXPECT_THROW(put(false), sql::ConstraintViolation);
  EXPECT_NO_THROW(put(true));
}

}  // namespace
}  // namespace aisha
