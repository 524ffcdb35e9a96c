// SPDX-License-Identifier: Apache-2.0
#include "bot/cards/send_doubts.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/bot_world.hpp"

// K5: Telegram may have carried out a send that it did not answer.
namespace aisha::bot {
namespace {

using fakes::BotWorld;

class UnsureSend : public testing::Test {
 protected:
  std::size_t sends(std::string_view method = "sendPhoto") { return world_.telegram.calls_of(method).size(); }
  void pass(Millis time) {
    for (Millis passed{0}; passed < time; passed += Millis(1'000)) {
      world_.world.clock.advance(Millis(1'000));
      world_.take_updates();
      world_.world.step(world_.sending);
    }
  }

  BotWorld world_;
};

TEST_F(UnsureSend, k05_ACardBeyondA502IsRepeatedOnceAtMostWhenTelegramTakesSendsAgain) {
  world_.telegram.carry_out_but_answer("sendPhoto", 502);
  world_.write("/start");
  pass(Millis(3'000));
  EXPECT_EQ(sends(), 1U);
  world_.telegram.come_back();
  pass(Millis(60'000));
  EXPECT_EQ(sends(), 2U) << "one that may be there and its repeat";
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state <> 'done'"), 0);
  EXPECT_EQ(world_.chat().card_message_id, world_.newest().id);
}

TEST_F(UnsureSend, k05_AFileBeyondA502IsRepeatedOnceAtMostWhenTelegramTakesSendsAgain) {
  world_.write("/start");
  world_.tap("Создать изображение");
  world_.tap("1");
  world_.settle();
  world_.telegram.carry_out_but_answer("sendDocument", 502);
  world_.tap("Скачать");
  pass(Millis(3'000));
  EXPECT_EQ(sends("sendDocument"), 1U);
  EXPECT_EQ(world_.count("SELECT maybe_sent FROM outbox WHERE kind = 'original'"), 1) << "counted";
  world_.telegram.come_back();
  pass(Millis(60'000));
  EXPECT_EQ(sends("sendDocument"), 2U);
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE done_at IS NULL"), 0);
}

TEST_F(UnsureSend, k05_TheRepeatIsTheLastOneWhenOtherSendsAreTaken) {
  world_.telegram.refuse("sendPhoto", 502, "Bad Gateway");
  world_.write("/start");
  EXPECT_EQ(sends(), 1U);
  world_.write("/start", 2002);
  EXPECT_EQ(sends(), 2U) << "other chats go on";
  world_.telegram.refuse("sendPhoto", 502, "Bad Gateway");
  pass(Millis(60'000));
  EXPECT_EQ(sends(), 3U);
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state <> 'done'"), 0) << "given up, not stuck";
}

TEST(SendDoubts, k05_WhatWasTakenBeforeSaysNothingOfAnOutageThatAnotherProcessMet) {
  SendDoubts doubts;
  const SendDoubts::Send fresh{"sendPhoto", *Uuid::parse("00000000-0000-7000-8000-000000000001")};
  const SendDoubts::Send doubtful{"sendPhoto", *Uuid::parse("00000000-0000-7000-8000-000000000002")};
  const TimePoint now{Millis(1'800'000'000'000)};
  doubts.accepted(fresh);
  doubts.recall(doubtful, now);
  EXPECT_TRUE(doubts.lets(doubtful, now)) << "it finds out whether the outage lasts";
  EXPECT_TRUE(doubts.may_repeat(doubtful, now)) << "and is not given up when it does";
  EXPECT_FALSE(doubts.lets(doubtful, now + Millis(1'000)));
  doubts.accepted(fresh);
  EXPECT_TRUE(doubts.lets(doubtful, now + Millis(2'000))) << "the repeat";
  EXPECT_FALSE(doubts.may_repeat(doubtful, now + Millis(2'000))) << "the last one";
}

TEST_F(UnsureSend, k05_HoweverLongSendsAreAwayNothingIsLostAndFewTriesFindOut) {
  world_.telegram.stay_away("sendPhoto", 502);
  for (int person = 0; person < 20; ++person) {
    world_.write("/start", 3000 + person);
  }
  pass(Millis(600'000));
  EXPECT_LT(sends(), 20U + 600U / 15U + 5U) << "each once, and one of them now and then";
  world_.telegram.come_back();
  pass(Millis(60'000));
  for (int person = 0; person < 20; ++person) {
    EXPECT_EQ(world_.telegram.chat(3000 + person).size(), 1U);
  }
}

}  // namespace
}  // namespace aisha::bot
