// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "services/jobs/endings.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;
using Kind = DeliveryOutcome::Kind;

class SendingTest : public testing::Test {
 protected:
  SendingTest() { ticket_ = world_.tap(); }

  int send() { return world_.step(world_.outbox_worker); }
  std::string row_state() {
    const auto rows = world_.run(world_.db->read(sql::Statement("SELECT state FROM outbox ORDER BY seq LIMIT 1")));
    return rows[0].text(0);
  }
  void tell_notice() {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    enqueue(unit, world_.pictures.message(world_.job(ticket_.id), Telling::notice, ""));
    world_.run(unit.commit()).value();
  }

  ServiceWorld world_;
  AcceptedOrder ticket_;
};

TEST_F(SendingTest, WhatWasTakenIsToldOnce) {
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(send(), 0);
  EXPECT_EQ(world_.sender.told.size(), 1U);
  EXPECT_EQ(world_.sender.told[0].generation_id, ticket_.id);
  EXPECT_EQ(world_.sender.told[0].chat_id, ServiceWorld::kChat);
}

TEST_F(SendingTest, AFloodMakesTheWholeChatWaitAndNobodyElse) {
  world_.sender.next(Kind::flood, Millis(7'000));
  EXPECT_EQ(send(), 1);
  tell_notice();
  world_.tap(2002);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(world_.sender.told.back().chat_id, 2002);
  world_.clock.advance(Millis(6'999));
  EXPECT_EQ(send(), 0);
  world_.clock.advance(Millis(1));
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(world_.sender.told.back().meaning, Meaning::job_status);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(world_.sender.told.back().meaning, Meaning::ready_notice);
}

TEST_F(SendingTest, AFailedTellIsRepeatedWithGrowingPauses) {
  world_.sender.next(Kind::retry);
  world_.sender.next(Kind::retry);
  EXPECT_EQ(send(), 1);
  world_.clock.advance(Millis(1'000));
  EXPECT_EQ(send(), 1);
  world_.clock.advance(Millis(1'000));
  EXPECT_EQ(send(), 0);
  world_.clock.advance(Millis(1'000));
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "sent");
}

TEST_F(SendingTest, ASenderThatThrowsLosesNothing) {
  world_.sender.broken = true;
  EXPECT_EQ(send(), 1);
  world_.sender.broken = false;
  world_.clock.advance(Millis(1'000));
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "sent");
}

TEST_F(SendingTest, ARowOlderThanADayIsGivenUp) {
  world_.clock.advance(world_.policy.outbox_give_up);
  world_.sender.next(Kind::retry);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "dead");
}

TEST_F(SendingTest, ABlockedPersonIsMarkedAndTheRowIsDead) {
  world_.sender.next(Kind::blocked);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "dead");
  EXPECT_EQ(world_.number("SELECT count(*) FROM users WHERE is_blocked = true"), 1);
}

TEST_F(SendingTest, ANoticeThatMayHaveArrivedIsNotRepeated) {
  send();
  tell_notice();
  world_.sender.next(Kind::maybe_sent);
  EXPECT_EQ(send(), 1);
  world_.clock.advance(Millis(600'000));
  EXPECT_EQ(send(), 0);
}

TEST_F(SendingTest, ANoticeWhoseSenderDiedIsNotRepeated) {
  send();
  tell_notice();
  world_.sender.told.clear();
  {
    auto claimed = world_.run(world_.outbox_worker.claim(1));
  }
  world_.clock.advance(world_.policy.send_lease);
  EXPECT_EQ(send(), 1);
  EXPECT_TRUE(world_.sender.told.empty());
}

TEST_F(SendingTest, AnEditWhoseSenderDiedIsRepeated) {
  {
    auto claimed = world_.run(world_.outbox_worker.claim(1));
  }
  world_.clock.advance(world_.policy.send_lease);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(world_.sender.told.size(), 1U);
}

TEST_F(SendingTest, AStatusSentAnewBecomesTheStatusMessage) {
  DeliveryOutcome outcome;
  outcome.message_id = 900;
  world_.sender.outcomes.push_back(outcome);
  send();
  EXPECT_EQ(world_.job(ticket_.id).status_message_id, 900);
}

TEST_F(SendingTest, AWordOfANewerReleaseIsLeftToOneOfItsProcesses) {
  world_.run(world_.db->write({{sql::Statement("UPDATE outbox SET kind = 'job_danced'"), 1}})).value();
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "pending");
  EXPECT_TRUE(world_.sender.told.empty());
  world_.clock.advance(world_.policy.outbox_give_up);
  EXPECT_EQ(send(), 1);
  EXPECT_EQ(row_state(), "dead") << "but not for ever: the chat goes on";
}

TEST_F(SendingTest, APartOfAnArchiveIsHeldForLongerThanOtherMessages) {
  send();
  stores::UnitOfWork unit(*world_.db, world_.rng);
  NewMessage part;
  part.chat_id = ServiceWorld::kChat;
  part.meaning = Meaning::export_part;
  part.ref = ticket_.id;
  part.detail = "7";
  part.idempotent = is_idempotent(Meaning::export_part);
  part.dedupe_key = "export:1:7";
  enqueue(unit, part);
  world_.run(unit.commit()).value();
  world_.sender.next(Kind::retry);
  EXPECT_EQ(send(), 1);
  const OutboxMessage& told = world_.sender.told.back();
  EXPECT_EQ(told.meaning, Meaning::export_part);
  EXPECT_EQ(told.detail, "7");
  world_.clock.advance(world_.policy.send_lease);
  EXPECT_FALSE(told.lease.over());
  world_.clock.advance(world_.policy.part_lease);
  EXPECT_TRUE(told.lease.over());
}

TEST_F(SendingTest, EveryMeaningHasAWordOfItsOwn) {
  for (const Meaning meaning :
       {Meaning::job_status, Meaning::job_result, Meaning::job_failed, Meaning::job_cancelled, Meaning::ready_notice,
        Meaning::original, Meaning::picture_state, Meaning::export_part, Meaning::personal_note}) {
    EXPECT_EQ(meaning_from(text_of(meaning)), meaning);
  }
  EXPECT_FALSE(meaning_from("job_danced"));
}

}  // namespace
}  // namespace aisha::services
