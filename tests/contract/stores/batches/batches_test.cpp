// SPDX-License-Identifier: Apache-2.0
#include "stores/batches/batches.hpp"

#include "stores/batches/families.hpp"
#include "stores/privacy/erasure_pictures.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace batches = stores::batches;
namespace outbox = stores::outbox;
using namespace testing;

class Batches : public StoreTest {
 protected:
  /// An order of three that are open.
  Uuid three(std::optional<Uuid> parent = std::nullopt) {
    domain::Batch batch;
    batch.id = Uuid::v7(db().now(), rng_);
    batch.user_id = user_.id;
    batch.chat_id = 1001;
    batch.message_id = 77;
    batch.parent_id = parent;
    batch.size = 3;
    EXPECT_TRUE(write([&](UnitOfWork& u) { batches::create(u, batch); }));
    for (int i = 0; i < 3; ++i) {
      Picture member = draft(user_);
      member.batch_id = batch.id;
      member.variation = domain::Variation::batch;
      member.parent_id = parent;
      member.likeness = -2;
      EXPECT_TRUE(write([&](UnitOfWork& u) { stores::requests::create(u, member); }));
    }
    return batch.id;
  }
  Result<void> end_one(const Uuid& batch) {
    return write([&](UnitOfWork& u) {
      batches::member_ended(u, batch);
      outbox::Message album;
      album.lane = 1001;
      album.kind = "batch_album";
      album.ref = batch.to_string();
      album.idempotent = false;
      album.dedupe_key = "batch:" + batch.to_string() + ":album";
      album.ends_batch = batch;
      outbox::enqueue(u, album);
    });
  }
  bool is_told(const Uuid& batch) {
    return ask([&](UnitOfWork& u) { return outbox::has(u, "batch:" + batch.to_string() + ":album"); });
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Batches, ::testing::ValuesIn(engines()), case_name);

TEST_P(Batches, OneIsReadWithItsMembersInTheirOrder) {
  const Uuid id = three();
  const auto found = ask([&](UnitOfWork& u) { return batches::find(u, id); });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->batch.user_id, user_.id);
  EXPECT_EQ(found->batch.message_id, 77);
  EXPECT_EQ(found->batch.size, 3);
  EXPECT_EQ(found->batch.open, 3);
  EXPECT_EQ(found->batch.created_at, clock_.now());
  ASSERT_EQ(found->members.size(), 3U);
  EXPECT_LT(found->members[0].own.picture.id, found->members[2].own.picture.id);
  EXPECT_EQ(found->members[0].own.picture.variation, domain::Variation::batch);
  EXPECT_EQ(found->members[0].own.picture.likeness, -2);
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return batches::find(u, Uuid{}); }));
}

TEST_P(Batches, OnlyTheUnitThatLeavesNoneOpenTellsTheEnd) {
  const Uuid id = three();
  ASSERT_TRUE(end_one(id));
  ASSERT_TRUE(end_one(id));
  EXPECT_FALSE(is_told(id));
  ASSERT_TRUE(end_one(id));
  EXPECT_TRUE(is_told(id));
  EXPECT_EQ(end_one(id).error().code, Errc::conflict) << "more ends than members";
}

TEST_P(Batches, ItsMessageIsThatOfAllItsJobs) {
  const Job job = queued();
  const Uuid id = three();
  ASSERT_TRUE(write(
      [&](UnitOfWork& u) { u.write(sql::Statement("UPDATE jobs SET batch_id = $1 WHERE id = $2", id, job.id)); }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { batches::set_message(u, id, 99); }));
  EXPECT_EQ(ask([&](UnitOfWork& u) { return batches::find(u, id); })->batch.message_id, 99);
  const auto open = ask([&](UnitOfWork& u) { return batches::open_jobs(u, id, user_.id); });
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].id, job.id);
  EXPECT_EQ(open[0].status_message_id, 99);
  EXPECT_EQ(open[0].batch_id, id);
  EXPECT_TRUE(ask([&](UnitOfWork& u) { return batches::open_jobs(u, id, Uuid{}); }).empty()) << "another person's";
}

TEST_P(Batches, ErasedWithItsPicturesItsMessageIsToLoseThem) {
  const Job first = succeeded("t1");
  const Uuid id = three(first.id);
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    u.write_any(sql::Statement("DELETE FROM generation_requests WHERE status || '' = 'open'"));
    u.write(sql::Statement("UPDATE batches SET open = 0 WHERE id = $1", id));
    u.write(sql::Statement("UPDATE generation_requests SET batch_id = $1 WHERE id = $2", id, first.id));
  }));
  ASSERT_TRUE(write([&](UnitOfWork& u) { stores::erasure::delete_rows(u, user_.id, first.id); }));
  EXPECT_FALSE(ask([&](UnitOfWork& u) { return batches::find(u, id); }));
  const auto rows = run(db().read(sql::Statement(
      "SELECT (SELECT count(*) FROM batches), (SELECT count(*) FROM message_blanks WHERE message_id = 77),"
      " (SELECT count(*) FROM generation_requests)")));
  EXPECT_EQ(rows[0].i64(0), 0);
  EXPECT_EQ(rows[0].i64(1), 1);
  EXPECT_EQ(rows[0].i64(2), 0);
}

TEST_P(Batches, AFamilyHoldsPicturesThatAreThereAndTheOwnersAlone) {
  const Job parent = succeeded("t1");
  three(parent.id);
  const auto children = [&](const Uuid& owner) {
    return ask([&](UnitOfWork& u) { return stores::families::children(u, owner, parent.id, {}, 8); });
  };
  EXPECT_TRUE(children(user_.id).pictures.empty()) << "none has come yet";
  const Job child = succeeded("t2");
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    u.write(sql::Statement("UPDATE generation_requests SET parent_id = $1 WHERE id = $2", parent.id, child.id));
  }));
  const auto page = children(user_.id);
  ASSERT_EQ(page.pictures.size(), 1U);
  EXPECT_EQ(page.pictures[0].picture.id, child.id);
  EXPECT_EQ(page.all, 1);
  EXPECT_EQ(page.ahead, 0);
  EXPECT_TRUE(children(Uuid{}).pictures.empty());
}

}  // namespace
}  // namespace aisha
