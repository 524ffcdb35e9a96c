// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "domain/prompt_text.hpp"
#include "stores/people/users.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class PeopleTest : public testing::Test {
 protected:
  ServiceWorld world_;
};

TEST_F(PeopleTest, ANewPersonGetsTheStartingGrantOnce) {
  auto first = world_.open();
  EXPECT_TRUE(first.actor().is_new());
  EXPECT_EQ(first.actor().granted(), 25);
  EXPECT_EQ(first.actor().balance(), 25);
  ASSERT_TRUE(world_.run(first.commit()));
  auto second = world_.open();
  EXPECT_FALSE(second.actor().is_new());
  EXPECT_EQ(second.actor().balance(), 25);
  ASSERT_TRUE(world_.run(second.commit()));
  EXPECT_EQ(world_.free_coins(), 25);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(PeopleTest, ANewPersonHasTheDemoAvatarEvenBeforeTheFirstCommit) {
  auto turn = world_.open();
  const auto avatar = turn.actor().main_avatar();
  ASSERT_TRUE(avatar);
  EXPECT_EQ(avatar->name, "Aisha");
  EXPECT_TRUE(avatar->is_main);
  ASSERT_TRUE(world_.run(turn.commit()));
  auto next = world_.open();
  const auto kept = next.actor().main_avatar();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->id, avatar->id);
  EXPECT_EQ(kept->trigger_word, "TOK");
}

TEST_F(PeopleTest, NothingIsWrittenWithoutACommit) {
  {
    auto dropped = world_.open();
  }
  world_.clock.advance(world_.policy.lease);
  auto turn = world_.open();
  EXPECT_TRUE(turn.actor().is_new());
}

TEST_F(PeopleTest, TheLanguageIsGuessedOnceAndKeptWhenTelegramChangesIt) {
  world_.meet();
  auto turn = world_.open();
  EXPECT_EQ(turn.actor().settings().language, domain::Language::ru);
  domain::UserSettings settings = turn.actor().settings();
  settings.language = domain::Language::en;
  ASSERT_TRUE(world_.people.save_settings(turn.actor(), settings));
  ASSERT_TRUE(world_.run(turn.commit()));
  auto next = world_.open();
  EXPECT_EQ(next.actor().settings().language, domain::Language::en);
}

TEST_F(PeopleTest, WhoNeverChoseALanguageGoesAlongWithTheirTelegram) {
  const auto seen_as = [this](const std::string& code) {
    TelegramFacts facts;
    facts.telegram_id = ServiceWorld::kChat;
    facts.chat_id = ServiceWorld::kChat;
    facts.first_name = "Anna";
    facts.language_code = code;
    auto unit = std::make_unique<stores::UnitOfWork>(world_.context.db, world_.context.rng);
    auto visit = world_.run(world_.people.open(std::move(unit), std::move(facts), Uuid{}));
    EXPECT_TRUE(world_.run(visit.actor.commit()));
    return visit.actor.settings().language;
  };
  EXPECT_EQ(seen_as("ru"), domain::Language::ru);
  EXPECT_EQ(seen_as("en"), domain::Language::en);
  EXPECT_EQ(seen_as(""), domain::Language::en) << "Telegram said nothing";
  EXPECT_EQ(seen_as("be"), domain::Language::ru);
}

TEST_F(PeopleTest, APersonWhomAnOlderBotBroughtGetsAPurseAndTheStartingGrantOnce) {
  stores::UnitOfWork unit(world_.context.db, world_.context.rng);
  domain::User old;
  old.id = unit.new_id();
  old.telegram_id = ServiceWorld::kChat;
  old.first_name = "Anna";
  stores::users::create(unit, old);
  ASSERT_TRUE(world_.run(unit.commit()));
  auto first = world_.open();
  EXPECT_EQ(first.actor().user().id, old.id);
  EXPECT_EQ(first.actor().balance(), 25);
  ASSERT_TRUE(world_.run(first.commit()));
  auto second = world_.open();
  EXPECT_FALSE(second.actor().is_new());
  ASSERT_TRUE(world_.run(second.commit()));
  EXPECT_EQ(world_.free_coins(), 25);
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(PeopleTest, WordsThatTheColumnsCannotHoldAreShortened) {
  TelegramFacts facts;
  facts.telegram_id = 7;
  facts.chat_id = 7;
  for (int i = 0; i < 100; ++i) {
    facts.first_name += "ё";
  }
  facts.language_code = "zh-Hant-TW-x";
  ClaimedUpdate update;
  auto turn = world_.run(world_.inbox.open(world_.people, std::move(update), std::move(facts)));
  EXPECT_EQ(domain::count_code_points(turn.actor().user().first_name), domain::kUserNameMax);
  EXPECT_EQ(turn.actor().user().language_code, "zh-Hant-");
}

TEST_F(PeopleTest, AnEmptySettingIsRefused) {
  auto turn = world_.open();
  domain::UserSettings settings = turn.actor().settings();
  settings.aspect_ratio = "";
  const auto refused = world_.people.save_settings(turn.actor(), settings);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::option_out_of_range);
  EXPECT_EQ(std::get<about::Field>(refused.error().about).name, "aspect_ratio");
}

TEST_F(PeopleTest, APersonWhoBlockedTheBotIsUnblockedByTheNextUpdate) {
  world_.meet();
  world_.run(world_.people.mark_blocked(ServiceWorld::kChat));
  EXPECT_EQ(world_.number("SELECT count(*) FROM users WHERE is_blocked = true"), 1);
  auto turn = world_.open();
  EXPECT_FALSE(turn.actor().user().is_blocked);
  ASSERT_TRUE(world_.run(turn.commit()));
  EXPECT_EQ(world_.number("SELECT count(*) FROM users WHERE is_blocked = true"), 0);
}

TEST_F(PeopleTest, TwoHandlersOfOneChatCannotBothCommit) {
  world_.meet();
  auto slow = world_.open();
  slow.chat().row.awaits = domain::Awaits::prompt;
  // The first handler's claim has passed on with its lease; a second one works on the chat meanwhile.
  world_.clock.advance(Millis(31'000));
  auto again = world_.run(world_.inbox.claim(1));
  ASSERT_EQ(again.size(), 1U);
  TelegramFacts facts;
  facts.telegram_id = ServiceWorld::kChat;
  facts.chat_id = ServiceWorld::kChat;
  auto fast = world_.run(world_.inbox.open(world_.people, std::move(again[0]), facts));
  fast.chat().row.card_message_id = 7;
  ASSERT_TRUE(world_.run(fast.commit()));
  EXPECT_EQ(world_.run(slow.commit()).error().code, Errc::lease_lost);
}

TEST_F(PeopleTest, AChatChangedMeanwhileMakesTheCommitAConflict) {
  world_.meet();
  auto turn = world_.open();
  turn.chat().row.card_message_id = 7;
  world_.run(world_.db->write({{sql::Statement("UPDATE chats SET version = version + 1"), 1}})).value();
  EXPECT_EQ(world_.run(turn.commit()).error().code, Errc::conflict);
}

}  // namespace
}  // namespace aisha::services
