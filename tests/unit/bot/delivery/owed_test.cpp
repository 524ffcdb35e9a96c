// SPDX-License-Identifier: Apache-2.0
// What was paid for reaches its person, also when they had the bot blocked meanwhile.
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class Owed : public testing::Chat {
 protected:
  void block() {
    for (const char* method : {"editMessageMedia", "sendPhoto", "sendMessage", "sendDocument", "sendChatAction"}) {
      world_.telegram.stay_away(method, 403);
    }
  }
  void membership(const char* before, const char* now) {
    world_.update(
        {{"my_chat_member",
          json::Object{{"chat", json::Object{{"id", BotWorld::kChat}, {"type", "private"}}},
                       {"from", json::Object{{"id", BotWorld::kChat}, {"is_bot", false}, {"first_name", "Анна"}}},
                       {"date", 1},
                       {"old_chat_member", json::Object{{"status", before}}},
                       {"new_chat_member", json::Object{{"status", now}}}}}});
  }
  std::int64_t parked() { return world_.count("SELECT count(*) FROM outbox WHERE state = 'parked'"); }
  /// A paid picture that became ready while the bot was blocked; its message.
  std::int64_t picture_behind_a_block() {
    const std::int64_t card = create_card().id;
    world_.tap("1");
    block();
    world_.settle();
    EXPECT_EQ(parked(), 1);
    EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 1);
    EXPECT_FALSE(world_.message(card).has("Скачать"));
    return card;
  }
};

TEST_F(Owed, k09a_APictureThatMetABlockArrivesAtTheUnblock) {
  const std::int64_t card = picture_behind_a_block();
  world_.telegram.come_back();
  membership("kicked", "member");
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Скачать"));
  EXPECT_EQ(world_.newest().reply_to, card) << "a notice leads up to it";
  EXPECT_EQ(parked(), 0);
  EXPECT_EQ(coins(), 20);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
  EXPECT_EQ(world_.count("SELECT is_blocked FROM users"), 0);
}

TEST_F(Owed, k09b_OrAtTheNextThingThePersonDoes) {
  const std::int64_t card = picture_behind_a_block();
  world_.telegram.come_back();
  world_.write("/help");
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Скачать"));
  EXPECT_EQ(parked(), 0);
  const std::size_t calls = world_.telegram.calls_of("editMessageMedia").size();
  world_.write("/help");
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("editMessageMedia").size(), calls) << "once";
}

TEST_F(Owed, k09c_ABlockThatLastsKeepsItForTheNextTime) {
  const std::int64_t card = picture_behind_a_block();
  membership("kicked", "member");
  world_.settle();
  EXPECT_EQ(parked(), 1) << "still nobody there";
  world_.telegram.come_back();
  membership("kicked", "member");
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Скачать"));
  EXPECT_EQ(parked(), 0);
}

TEST_F(Owed, k09d_LongAfterItsJobIsSweptThePictureComesInAMessageOfItsOwn) {
  picture_behind_a_block();
  world_.world.run(world_.world.db->write({{sql::Statement("DELETE FROM jobs"), 1}})).value();
  world_.telegram.come_back();
  membership("kicked", "member");
  world_.settle();
  EXPECT_TRUE(world_.newest().has("Скачать"));
}

TEST_F(Owed, k09e_SoDoesAFileThatWasAskedForAndAnEndThatReturnedCoins) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Скачать"));
  block();
  world_.settle();
  EXPECT_EQ(parked(), 1);
  world_.telegram.come_back();
  membership("kicked", "member");
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("sendDocument").size(), 2U) << "refused, then sent";
  EXPECT_EQ(parked(), 0);
}

TEST_F(Owed, k09f_APictureThatTelegramWasAwayForTooLongArrivesWithTheNextWord) {
  world_.world.policy.outbox_give_up = Millis(10'000);
  const std::int64_t card = create_card().id;
  world_.tap("1");
  world_.telegram.stay_away("editMessageMedia", 502);
  for (int i = 0; i < 4 && parked() == 0; ++i) {
    world_.settle();
    world_.world.clock.advance(Millis(60'000));
  }
  EXPECT_EQ(parked(), 1);
  world_.telegram.come_back();
  world_.write("/help");
  world_.settle();
  EXPECT_TRUE(world_.message(card).has("Скачать"));
}

TEST_F(Owed, k09g_SomebodyUnknownWhoUnblocksIsStillGreetedWhenTheyStart) {
  membership("kicked", "member");
  EXPECT_EQ(world_.count("SELECT count(*) FROM users"), 0);
  world_.write("/start");
  EXPECT_NE(world_.newest().caption.find("это Aisha Gallery"), std::string::npos);
}

TEST_F(Owed, k09h_APictureWhoseSendsHadNoSureAnswerComesWithTheNextWord) {
  create_card();
  world_.tap("1");
  for (int i = 0; i < 5; ++i) {
    world_.world.step(world_.world.submit_worker);
    world_.world.step(world_.world.poll_worker);
    world_.world.step(world_.world.result_worker);
    world_.world.clock.advance(Millis(1'000));
  }
  // Two processes died in the middle of sending it.
  constexpr sql::Text kDied = "UPDATE outbox SET idempotent = false, maybe_sent = 2 WHERE kind = 'job_result'";
  world_.world.run(world_.world.db->write({{sql::Statement(kDied), 1}})).value();
  world_.settle();
  EXPECT_EQ(parked(), 1);
  world_.write("/help");
  world_.settle();
  EXPECT_EQ(parked(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'job_result' AND state = 'sent'"), 1);
  EXPECT_TRUE(world_.with("Скачать").has("Удалить"));
}

}  // namespace
}  // namespace aisha::bot
