// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/audit_people.hpp"

#include "stores/sharing/share_links.hpp"
#include "stores/upkeep/recount.hpp"
#include "tests/contract/stores/world.hpp"

namespace aisha {
namespace {

namespace audit = stores::audit;
namespace requests = stores::requests;
using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AuditPeople : public StoreTest {
 protected:
  void change(sql::Statement statement) {
    sql::Batch batch;
    batch.push_back({std::move(statement), std::nullopt});
    ASSERT_TRUE(run(db().write(std::move(batch))));
  }
  void keep(const Uuid& id) {
    change(
        sql::Statement("INSERT INTO user_saved_images (id, user_id, generation_request_id, is_saved, saved_at)"
                       " SELECT $1, user_id, id, true, $3 FROM generation_requests WHERE id = $2",
                       Uuid::v7(db().now(), rng_), id, db().now()));
    change(sql::Statement("UPDATE user_days SET kept = kept + 1"));
  }
  std::vector<audit::Miscount> miscounts(std::int64_t limit = 100) {
    std::vector<audit::Miscount> all;
    Uuid after;
    for (bool is_end = false; !is_end;) {
      const auto page = ask([&](UnitOfWork& u) { return audit::miscounts_after(u, after, limit); });
      all.insert(all.end(), page.found.begin(), page.found.end());
      after = page.last;
      is_end = page.is_end;
    }
    return all;
  }
  void mend() {
    const auto wrong = miscounts();
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      for (const auto& one : wrong) {
        stores::recount(u, one.user_id, one.local_day, one.style);
      }
    }));
  }
  std::string place() const { return "person " + user_.id.to_string() + " 2026-01-15 \"business\":"; }
};
INSTANTIATE_TEST_SUITE_P(Engines, AuditPeople, ::testing::ValuesIn(engines()), case_name);

TEST_P(AuditPeople, I14APlantedCounterIsFoundAndMended) {
  const Uuid first = succeeded("a").id;
  keep(first);
  const Uuid second = succeeded("b").id;
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, second, user_.id); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
  struct Plant {
    sql::Text text;
    std::string counter;
    std::int64_t right;
  };
  const Plant plants[] = {{"UPDATE user_days SET pictures = pictures + 3", "pictures", 1},
                          {"UPDATE user_days SET made = made + 3", "made", 2},
                          {"UPDATE user_days SET kept = kept + 3", "kept", 1},
                          {"UPDATE user_days SET dropped = dropped + 3", "dropped", 1},
                          {"UPDATE user_days SET spent = spent + 3", "spent", 2 * kPrice}};
  for (const auto& [text, counter, right] : plants) {
    change(sql::Statement(text));
    EXPECT_THAT(broken_invariants(),
                ElementsAre(fmt::format("I14 {} {} {}, not {}", place(), counter, right, right + 3)));
    mend();
    EXPECT_THAT(broken_invariants(), IsEmpty()) << counter;
  }
}

TEST_P(AuditPeople, I14ALostAndASuperfluousRowAreFoundAndMended) {
  succeeded("a");
  change(sql::Statement("DELETE FROM user_days"));
  change(
      sql::Statement("INSERT INTO user_days (user_id, local_day, style, pictures, made) VALUES ($1, '2020-01-01',"
                     " 'noir', 1, 1)",
                     user_.id));
  EXPECT_THAT(broken_invariants(), SizeIs(2));
  mend();
  EXPECT_THAT(broken_invariants(), IsEmpty());
  EXPECT_EQ(number(sql::Statement("SELECT made FROM user_days WHERE style = 'business'")), 1);
  EXPECT_EQ(number(sql::Statement("SELECT made FROM user_days WHERE style = 'noir'")), 0);
}

TEST_P(AuditPeople, I14SeesTheSameInPagesOfOnePerson) {
  succeeded("a");
  for (int i = 0; i < 3; ++i) {
    const domain::User other = make_user(2000 + i, 100);
    const Picture p = draft(other);
    ASSERT_TRUE(write([&](UnitOfWork& u) {
      ask_for(u, p, "app:" + p.id.to_string());
      requests::make_ready(u, p.id, object(job_for(p)), Millis(1));
    }));
  }
  EXPECT_THAT(miscounts(1), IsEmpty());
  change(sql::Statement("UPDATE user_days SET made = made + 1"));
  EXPECT_THAT(miscounts(1), SizeIs(4));
  EXPECT_EQ(miscounts(1), miscounts());
}

TEST_P(AuditPeople, ARecountLeavesWhatIsKnownOfTimes) {
  succeeded("a");
  change(sql::Statement("UPDATE user_days SET made = 7, took_ms = 4000"));
  mend();
  EXPECT_EQ(number(sql::Statement("SELECT took_ms + timed FROM user_days")), 4001);
}

TEST_P(AuditPeople, I15AMarkThatIsNotWhereItsPictureIs) {
  const Uuid id = succeeded("a").id;
  keep(id);
  change(sql::Statement("UPDATE user_saved_images SET in_trash = true"));
  const std::string sentence = "I15 saved picture " + id.to_string() + ": ";
  EXPECT_THAT(broken_invariants(), ElementsAre(sentence + "not in the trash, its mark is in"));
  ASSERT_TRUE(write([&](UnitOfWork& u) { requests::soft_delete(u, id, user_.id); }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
  change(sql::Statement("UPDATE user_saved_images SET in_trash = false"));
  EXPECT_THAT(broken_invariants(), ElementsAre(sentence + "in the trash, its mark is not"));
}

TEST_P(AuditPeople, I16ALinkThatOutlivesItsPicture) {
  const Uuid id = succeeded("a").id;
  ASSERT_TRUE(write([&](UnitOfWork& u) {
    stores::share_links::make(u, request(id), "AAAAAAAAAAAAAAAAAAAAAA", db().now() + std::chrono::days(30));
  }));
  EXPECT_THAT(broken_invariants(), IsEmpty());
  change(sql::Statement("UPDATE share_links SET user_id = $1", make_user(2002, 0).id));
  EXPECT_THAT(broken_invariants(),
              ElementsAre("I16 picture " + id.to_string() + ": shared, and not there to be shown"));
  change(sql::Statement("UPDATE share_links SET revoked_at = created_at"));
  EXPECT_THAT(broken_invariants(), IsEmpty());
}

}  // namespace
}  // namespace aisha
