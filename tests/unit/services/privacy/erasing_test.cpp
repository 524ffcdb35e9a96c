// SPDX-License-Identifier: Apache-2.0
#include "services/privacy/erasing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "services/privacy/erasure_markers.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/people/actor_row.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/fakes/service_world.hpp"
#include "tests/unit/services/privacy/erasing_databases.hpp"

namespace aisha::services {
namespace {

namespace data_requests = stores::data_requests;
using fakes::ServiceWorld;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kOther = 2002;

/// Two people with a picture each; the first one is to be erased.
class ErasingTest : public ::testing::Test {
 protected:
  ErasingTest() { build(); }

  void build() {
    world_ = std::make_unique<ServiceWorld>();
    world_->run(claim_bucket(world_->blobs, world_->run(identity()))).value();
    for (const std::int64_t person : {ServiceWorld::kChat, kOther}) {
      world_->tap(person);
      world_->settle();
    }
    person_ = id_of(ServiceWorld::kChat).value();
  }
  Task<Uuid> identity() {
    stores::UnitOfWork unit(*world_->db, world_->rng);
    co_return co_await stores::identity::load(unit);
  }
  std::optional<Uuid> id_of(std::int64_t telegram_id) {
    stores::UnitOfWork unit(*world_->db, world_->rng);
    const auto row = world_->run(stores::actor_row::find(unit, telegram_id, telegram_id));
    return row ? std::optional(row->user.id) : std::nullopt;
  }

  data_requests::Request wish() {
    stores::UnitOfWork unit(*world_->db, world_->rng);
    data_requests::Wish wish{unit.new_id(),       person_, data_requests::Kind::erasing,
                             ServiceWorld::kChat, "ru",    std::string(kFirstErasureStep)};
    auto opened = world_->run(data_requests::open(unit, std::move(wish))).value();
    world_->run(unit.commit()).value();
    return opened;
  }
  data_requests::Request row(Uuid id) {
    stores::UnitOfWork unit(*world_->db, world_->rng);
    return world_->run(data_requests::find(unit, id)).value();
  }
  /// Everything that is due, until nothing is.
  void erase() {
    for (int rounds = 0; rounds < 60; ++rounds) {
      world_->step(world_->erasing);
      world_->reap();
      world_->step(world_->poll_worker);
      world_->step(world_->result_worker);
      world_->clock.advance(Millis(1'000));
    }
  }
  void write(const char* statement) {
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(statement)), std::nullopt});
    world_->run(world_->db->write(std::move(batch))).value();
  }
  /// So much time goes by, and another process takes what is due by then.
  Task<void> go_by(Millis time) {
    world_->clock.advance(time);
    stores::UnitOfWork unit(*world_->db, world_->rng);
    const auto taken = co_await data_requests::claim(unit, data_requests::Kind::erasing, 1, world_->policy.lease);
    lost_ += std::ssize(taken);
  }
  std::int64_t number(const char* query) { return world_->number(sql::Text::lasting(query)); }
  std::vector<std::string> keys() {
    std::vector<std::string> out;
    for (const auto& [key, bytes] : world_->blobs.objects) {
      out.push_back(key.second);
    }
    return out;
  }

  /// Nothing of the first person, everything of the second one.
  void expect_erased(const std::string& why = "") {
    EXPECT_FALSE(id_of(ServiceWorld::kChat)) << why;
    EXPECT_TRUE(id_of(kOther)) << why;
    EXPECT_EQ(number("SELECT count(*) FROM generation_requests"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM jobs"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM request_keys"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM user_settings"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM chats"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM user_days"), 1) << why;
    EXPECT_GE(number("SELECT count(*) FROM provider_attempt"), 2) << why;
    EXPECT_EQ(number("SELECT count(*) FROM avatars WHERE name <> ''"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM users WHERE telegram_id LIKE 'erased:%' AND first_name = ''"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM inbox WHERE lane = 1001"), 0) << why;
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE lane = 1001 AND kind = 'personal_note'"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE lane = 1001"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM erased_people"), 1) << why;
    EXPECT_EQ(number("SELECT count(*) FROM data_requests WHERE finished_at IS NULL"), 0) << why;
    EXPECT_EQ(number("SELECT count(*) FROM data_requests WHERE chat_id IS NOT NULL"), 0) << why;
    // The other's picture with its thumbnail, the mark of the database and that of the erased person.
    EXPECT_THAT(keys(), SizeIs(4)) << why;
    EXPECT_THAT(world_->broken_invariants(), IsEmpty()) << why;
  }

  std::unique_ptr<ServiceWorld> world_;
  Uuid person_;
  std::int64_t lost_ = 0;  ///< claims that outlived their lease
};

TEST_F(ErasingTest, EverythingOfAPersonGoesAndTheLedgerStays) {
  const std::int64_t transfers = number("SELECT count(*) FROM ledger_transfer");
  const std::int64_t sum = number("SELECT sum(amount) FROM ledger_transfer");
  const Uuid id = wish().id;
  erase();
  expect_erased();
  EXPECT_EQ(number("SELECT count(*) FROM ledger_transfer"), transfers);
  EXPECT_EQ(number("SELECT sum(amount) FROM ledger_transfer"), sum);
  EXPECT_THAT(world_->payloads.asked, SizeIs(1));
  const auto note = world_->run(world_->receipts.find(id));
  EXPECT_EQ(note->language, "ru");
  EXPECT_EQ(note->tally.pictures, 1);
  EXPECT_EQ(note->tally.provider_removed, 1);
  EXPECT_EQ(note->tally.provider_left, 0);
  EXPECT_FALSE(note->tally.is_shared);
}

TEST_F(ErasingTest, WhoComesAgainStartsAnewWithoutASecondGift) {
  wish();
  erase();
  auto turn = world_->open(ServiceWorld::kChat);
  EXPECT_TRUE(turn.actor().is_new());
  EXPECT_TRUE(turn.actor().is_back());
  EXPECT_EQ(turn.actor().granted(), 0);
  EXPECT_EQ(turn.actor().balance(), 0);
  world_->run(turn.commit()).value();
  EXPECT_EQ(world_->free_coins(ServiceWorld::kChat), 0);
  EXPECT_NE(id_of(ServiceWorld::kChat), person_);
  EXPECT_THAT(world_->broken_invariants(), IsEmpty());
  world_->meet(3003);
  EXPECT_EQ(world_->free_coins(3003), 25) << "somebody who was never here gets it";
}

TEST_F(ErasingTest, WhoIsBeingErasedIsReadWithTheActorAndNothingIsWrittenOfThem) {
  wish();
  const int before = world_->asked.round_trips;
  auto turn = world_->open(ServiceWorld::kChat);
  const int trips = world_->asked.round_trips - before;
  EXPECT_TRUE(turn.actor().is_being_erased());
  EXPECT_FALSE(world_->open(kOther).actor().is_being_erased());
  const int again = world_->asked.round_trips;
  world_->open(3003);
  EXPECT_LE(trips, world_->asked.round_trips - again) << "no round trip of its own";
}

TEST_F(ErasingTest, WhatRunsIsStoppedAndWaitedForInTheRow) {
  const auto ticket = world_->tap(ServiceWorld::kChat);
  world_->step(world_->submit_worker);
  const Uuid id = wish().id;
  world_->step(world_->erasing);
  EXPECT_EQ(row(id).progress.step, "stop");
  EXPECT_TRUE(world_->job(ticket.id).cancel_requested);
  EXPECT_EQ(world_->step(world_->erasing), 0) << "it waits";
  erase();
  expect_erased();
  const auto told = world_->told();
  EXPECT_EQ(number("SELECT count(*) FROM ledger_transfer WHERE kind = 'release'"), 1) << "the coins came back first";
}

TEST_F(ErasingTest, AStoreThatIsAwayIsWaitedFor) {
  const Uuid id = wish().id;
  world_->blobs.broken = Errc::unavailable;
  erase();
  EXPECT_EQ(row(id).progress.step, "mark");
  EXPECT_TRUE(id_of(ServiceWorld::kChat));
  world_->blobs.broken.reset();
  world_->clock.advance(Millis(60'000));
  erase();
  expect_erased();
}

TEST_F(ErasingTest, AnotherDatabasesPicturesAreNotTouched) {
  world_->blobs.objects.erase({blobs::Bucket::generated, "databases/" + world_->run(identity()).to_string()});
  world_->blobs.objects[{blobs::Bucket::generated, "databases/" + Uuid().to_string()}] = "x";
  const std::size_t objects = world_->blobs.objects.size();
  const Uuid id = wish().id;
  erase();
  EXPECT_EQ(row(id).progress.step, "objects");
  EXPECT_EQ(world_->blobs.objects.size(), objects + 1) << "but the marker is there";
}

TEST_F(ErasingTest, AStoreWithoutAMarkIsTakenForItsOwnUnlessItIsEmpty) {
  const fakes::MemoryBlobs::Key ours{blobs::Bucket::generated, "databases/" + world_->run(identity()).to_string()};
  world_->blobs.objects.erase(ours);
  const auto drive = std::exchange(world_->blobs.objects, {});
  const Uuid id = wish().id;
  erase();
  EXPECT_EQ(row(id).progress.step, "objects") << "its drive is not mounted";
  world_->blobs.objects.insert(drive.begin(), drive.end());
  world_->clock.advance(Millis(60'000));
  erase();
  expect_erased();
  EXPECT_TRUE(world_->blobs.objects.contains(ours));
}

TEST_F(ErasingTest, WhatTheProviderKeepsIsCountedWhereItCannotBeRemoved) {
  world_->payloads.may = false;
  const Uuid id = wish().id;
  erase();
  expect_erased();
  EXPECT_THAT(world_->payloads.asked, IsEmpty());
  EXPECT_EQ(world_->run(world_->receipts.find(id))->tally.provider_left, 1);
  EXPECT_EQ(world_->run(world_->receipts.find(id))->tally.provider_days, 90);
}

TEST_F(ErasingTest, ARefusedKeyHoldsNothingUp) {
  world_->payloads.answer = fail(Errc::provider_auth, "403");
  const Uuid id = wish().id;
  erase();
  expect_erased();
  EXPECT_EQ(world_->run(world_->receipts.find(id))->tally.provider_left, 1);
}

TEST_F(ErasingTest, AProviderThatNeverAnswersHoldsItUpForTwoMinutesAtMost) {
  // Every picture may have been asked for more than once.
  write(
      "INSERT INTO provider_attempt (id, job_id, attempt_no, token, request_id, state, created_at, updated_at)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
      " SELECT randomblob(16), a.job_id, 100 + i, 'token ' || i, 'asked ' || i, 'error', a.created_at, a.updated_at"
      " FROM n, provider_attempt a WHERE a.job_id = (SELECT id FROM jobs ORDER BY id LIMIT 1)");
  world_->payloads.answer = fail(Errc::unavailable, "no answer");
  // Eight are asked of at once, for 10 s.
  world_->payloads.meanwhile = [this] { return go_by(Millis(1'250)); };
  const Uuid id = wish().id;
  world_->step(world_->erasing);
  EXPECT_EQ(lost_, 0) << "its lease lasts";
  EXPECT_THAT(world_->payloads.asked, SizeIs(96));
  erase();
  ASSERT_TRUE(row(id).finished_at);
  EXPECT_FALSE(id_of(ServiceWorld::kChat));
  EXPECT_EQ(world_->run(world_->receipts.find(id))->tally.provider_left, 201);
}

TEST_F(ErasingTest, ALargeInboxIsLookedThroughPageByPage) {
  write(
      "INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, received_at)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
      " SELECT 7, 1000 + i, CASE WHEN i % 3000 = 0 THEN 1001 ELSE 3003 END, 'message', '{}', 'done', i FROM n");
  const Uuid id = wish().id;
  SlowDatabase slow(*world_->db, [this] { return go_by(Millis(10'000)); });
  Context context{slow,           world_->clock, world_->rng, world_->policy, world_->signals, world_->figures,
                  *world_->cache, *world_->rates};
  Erasing erasing(context, {world_->blobs, world_->payloads, std::chrono::days(90), world_->marks});
  world_->step(erasing);
  EXPECT_EQ(lost_, 0);
  EXPECT_TRUE(row(id).finished_at);
  EXPECT_EQ(number("SELECT count(*) FROM inbox WHERE lane = 1001"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM inbox WHERE lane = 3003"), 8997);
}

TEST_F(ErasingTest, WhatTheySaidBeforeTheEndIsDealtWithBeforeItButNotForEver) {
  for (const bool is_dealt_with : {true, false}) {
    build();
    // One in the chat, one inline.
    write(
        "INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, received_at)"
        " VALUES (7, 901, 1001, 'message', '{}', 'new', 1), (7, 902, 1152921504606847977, 'inline', '{}', 'new', 1)");
    const Uuid id = wish().id;
    erase();
    EXPECT_EQ(row(id).progress.step, "receipt");
    write("UPDATE inbox SET state = 'done' WHERE update_id = 901");
    erase();
    EXPECT_TRUE(id_of(ServiceWorld::kChat)) << "not the one of the inline lane";
    if (is_dealt_with) {
      write("UPDATE inbox SET state = 'done' WHERE update_id = 902");
    } else {
      world_->clock.advance(world_->policy.deadline);
    }
    erase();
    EXPECT_TRUE(row(id).finished_at) << is_dealt_with;
    EXPECT_FALSE(id_of(ServiceWorld::kChat)) << is_dealt_with;
  }
}

TEST_F(ErasingTest, PressedTwiceItIsOneErasure) {
  const auto first = wish();
  const auto second = wish();
  EXPECT_EQ(second.id, first.id);
  erase();
  expect_erased();
}

TEST_F(ErasingTest, KilledAtAnyWriteItComesToTheSameEnd) {
  using Side = MortalDatabase::Side;
  for (const Side side : {Side::before, Side::after}) {
    int deaths = 0;
    for (int lives = 1;; ++lives) {
      build();
      wish();
      MortalDatabase mortal(*world_->db, lives, side);
      Context context{mortal,          world_->clock,   world_->rng,    world_->policy,
                      world_->signals, world_->figures, *world_->cache, *world_->rates};
      Erasing dying(context, {world_->blobs, world_->payloads, std::chrono::days(90), world_->marks});
      try {
        world_->step(dying);
      } catch (const sql::Outage&) {
        ++deaths;
      }
      if (!mortal.is_dead()) {
        break;
      }
      // The next process finds the lease over.
      world_->clock.advance(world_->policy.lease + Millis(1));
      erase();
      expect_erased("killed at write " + std::to_string(lives) + (side == Side::before ? ", before" : ", after"));
    }
    EXPECT_GT(deaths, 20);
  }
}

TEST_F(ErasingTest, ARestoredDatabaseErasesAgainSilently) {
  // What an older backup has: the person, and no erasure.
  world_->run(put_erasure_marker(world_->blobs, person_)).value();
  ErasuresCheck check(world_->context, world_->blobs);
  world_->run(check.run());
  EXPECT_EQ(number("SELECT count(*) FROM data_requests WHERE kind = 'erase' AND finished_at IS NULL"), 1);
  erase();
  EXPECT_FALSE(id_of(ServiceWorld::kChat));
  EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE lane = 1001"), 0) << "nobody is told";
  EXPECT_EQ(number("SELECT count(*) FROM erased_people"), 1);
  // Once a start; and the next start finds it done.
  ErasuresCheck next(world_->context, world_->blobs);
  world_->run(next.run());
  EXPECT_EQ(number("SELECT count(*) FROM data_requests"), 1);
  EXPECT_THAT(world_->broken_invariants(), IsEmpty());
}

TEST_F(ErasingTest, MarkersOfUnknownPeopleMeanNothingAndAnAbsentStoreIsAskedAgain) {
  world_->run(put_erasure_marker(world_->blobs, Uuid::v7(world_->clock.now(), world_->rng))).value();
  ErasuresCheck check(world_->context, world_->blobs);
  world_->blobs.broken = Errc::unavailable;
  world_->run(check.run());
  world_->blobs.broken.reset();
  world_->run(put_erasure_marker(world_->blobs, person_)).value();
  world_->run(check.run());
  EXPECT_EQ(number("SELECT count(*) FROM data_requests"), 1);
}

TEST(PersonMarksTest, AreOfOneTokenAndOnePersonAlone) {
  const PersonMarks one(Secret("7:one"));
  const PersonMarks two(Secret("7:two"));
  EXPECT_EQ(one.of(1001), one.of(1001));
  EXPECT_NE(one.of(1001), one.of(1002));
  EXPECT_NE(one.of(1001), two.of(1001));
  EXPECT_EQ(one.of(1001).size(), 64U);
  EXPECT_TRUE(PersonMarks(Secret()).empty());
}

}  // namespace
}  // namespace aisha::services
