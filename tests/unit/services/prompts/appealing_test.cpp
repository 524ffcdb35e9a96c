// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/appealing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "stores/people/appeals.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using Answer = Appeals::Answer;
using fakes::ServiceWorld;

constexpr std::string_view kBlocked = "повесили картину с терактом";
constexpr std::string_view kNever = "голый ребёнок";

class AppealsTest : public testing::Test {
 protected:
  AppealsTest() { world_.meet(); }

  Result<AcceptedOrder> ask_for(std::string_view prompt, std::int64_t person = ServiceWorld::kChat) {
    auto turn = world_.open(person);
    GenerationOrder order;
    order.prompt = prompt;
    const auto got = world_.request(turn, std::move(order), "tap:1:1:" + std::to_string(++keys_));
    world_.run(turn.commit()).value();
    return got;
  }
  Result<Answer> appeal(std::string_view prompt, std::int64_t person = ServiceWorld::kChat) {
    auto turn = world_.open(person);
    const auto answer = world_.run(world_.appeals.send(turn.actor(), std::string(prompt)));
    world_.run(turn.commit()).value();
    return answer;
  }
  Uuid newest() {
    return world_.run(world_.db->read(sql::Statement("SELECT id FROM moderation_appeals ORDER BY id DESC LIMIT 1")))[0]
        .uuid(0);
  }
  Result<void> decide(const Uuid& id, bool is_allowed) {
    stores::UnitOfWork unit(*world_.db, world_.rng);
    auto decided = world_.run(decide_appeal(unit, id, is_allowed));
    return decided ? world_.run(unit.commit()) : decided;
  }
  std::int64_t rows() { return world_.number("SELECT count(*) FROM moderation_appeals"); }
  std::int64_t made() { return world_.number("SELECT count(*) FROM generation_requests"); }

  ServiceWorld world_;
  int keys_ = 0;
};

TEST_F(AppealsTest, Row150APromptAgainstTheRulesMakesNothingAndTakesNoCoins) {
  const auto refused = ask_for(kBlocked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::prompt_blocked);
  EXPECT_EQ(std::get<about::Field>(refused.error().about).name, "extremism");
  EXPECT_EQ(refused.error().detail, "rule extremism") << "the word itself is in no log";
  EXPECT_EQ(world_.free_coins(), 25);
  EXPECT_EQ(made(), 0);
  auto turn = world_.open();
  GenerationOrder order;
  order.prompt = kBlocked;
  EXPECT_EQ(world_.run(world_.generations.price(turn.actor(), std::move(order))).error().code, Errc::prompt_blocked);
}

TEST_F(AppealsTest, WhatTheOperatorAllowsIsMadeForEverybody) {
  EXPECT_EQ(*appeal(kBlocked), Answer::sent);
  EXPECT_EQ(ask_for(kBlocked).error().code, Errc::prompt_blocked) << "not before the operator's word";
  ASSERT_TRUE(decide(newest(), true));
  ASSERT_TRUE(ask_for(kBlocked));
  EXPECT_TRUE(ask_for(kBlocked, 2002));
  EXPECT_EQ(ask_for("теракт").error().code, Errc::prompt_blocked) << "these very words only";
  EXPECT_EQ(*appeal(kBlocked), Answer::passes);
  world_.step(world_.outbox_worker);
  EXPECT_THAT(world_.told(), ::testing::Contains(Meaning::appeal_answer));
}

TEST_F(AppealsTest, Row151AskedTwiceItIsOneAppealAndARefusalStands) {
  EXPECT_EQ(*appeal(kBlocked), Answer::sent);
  EXPECT_EQ(*appeal(kBlocked), Answer::sent);
  EXPECT_EQ(rows(), 1);
  ASSERT_TRUE(decide(newest(), false));
  EXPECT_EQ(*appeal(kBlocked), Answer::rejected);
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(ask_for(kBlocked).error().code, Errc::prompt_blocked);
  EXPECT_EQ(decide(newest(), true).error().code, Errc::conflict);
  EXPECT_EQ(decide(Uuid(), true).error().code, Errc::not_found);
}

TEST_F(AppealsTest, Row152NobodysWordHelpsWhereMinorsAreConcerned) {
  EXPECT_EQ(appeal(kNever).error().code, Errc::prompt_blocked);
  EXPECT_EQ(rows(), 0);
  // A row that older rules left, or one whose text a newer rule counts among them.
  EXPECT_EQ(*appeal(kBlocked), Answer::sent);
  world_.run(world_.db->write({{sql::Statement("UPDATE moderation_appeals SET category = 'minors'"), 1}})).value();
  EXPECT_EQ(decide(newest(), true).error().code, Errc::prompt_blocked);
  ASSERT_TRUE(decide(newest(), false));
  auto turn = world_.open();
  stores::appeals::Appeal forged;
  forged.id = turn.actor().unit().new_id();
  forged.user_id = turn.actor().user().id;
  forged.chat_id = ServiceWorld::kChat;
  forged.prompt = kNever;
  forged.category = "sexual";
  stores::appeals::add(turn.actor().unit(), forged);
  world_.run(turn.commit()).value();
  ASSERT_TRUE(decide(forged.id, true));
  EXPECT_EQ(ask_for(kNever).error().code, Errc::prompt_blocked);
}

TEST_F(AppealsTest, Row153OfOnePersonTenWaitAtMost) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(*appeal("теракт " + std::to_string(i)), Answer::sent);
  }
  EXPECT_EQ(*appeal("теракт 10"), Answer::full);
  EXPECT_EQ(*appeal("теракт 3"), Answer::sent) << "that one waits already";
  EXPECT_EQ(rows(), 10);
  EXPECT_EQ(*appeal("теракт 10", 2002), Answer::sent);
}

TEST_F(AppealsTest, TheAnswerIsToldOnceAndOnlyWhileItsPersonIsThere) {
  EXPECT_EQ(*appeal(kBlocked), Answer::sent);
  const Uuid id = newest();
  EXPECT_FALSE(world_.run(world_.appeals.decided(id))) << "still open";
  ASSERT_TRUE(decide(id, true));
  const auto decided = world_.run(world_.appeals.decided(id));
  ASSERT_TRUE(decided);
  EXPECT_TRUE(decided->is_allowed);
  EXPECT_EQ(decided->prompt, kBlocked);
  EXPECT_EQ(world_.number("SELECT count(*) FROM outbox WHERE kind = 'appeal_answer' AND idempotent = false"), 1);
  world_.run(world_.db->write(
      {{sql::Statement("UPDATE moderation_appeals SET user_id = NULL, chat_id = NULL, prompt = ''"), 1}}));
  EXPECT_FALSE(world_.run(world_.appeals.decided(id)));
}

TEST_F(AppealsTest, RecentPromptsAreEightDifferentOnesOfPicturesThatAreThere) {
  world_.policy.max_active = 100;
  world_.run(
      world_.db->write({{sql::Statement("UPDATE ledger_account SET balance = 1000 WHERE kind = 'available'"), 1}}));
  const auto make = [&](const std::string& prompt) {
    const auto accepted = ask_for(prompt).value();
    world_.settle();
    return accepted.id;
  };
  for (int i = 0; i < 9; ++i) {
    make("закат " + std::to_string(i));
  }
  make("закат 5");
  auto turn = world_.open();
  const auto recent = world_.run(world_.generations.recent_prompts(turn.actor()));
  std::vector<std::string> words;
  for (const auto& one : recent) {
    words.push_back(one.prompt);
  }
  EXPECT_THAT(words, ::testing::ElementsAre("закат 5", "закат 8", "закат 7", "закат 6", "закат 4", "закат 3", "закат 2",
                                            "закат 1"));
  EXPECT_EQ(*world_.run(world_.generations.prompt_of(turn.actor(), recent[1].generation)), "закат 8");
  auto other = world_.open(2002);
  EXPECT_EQ(world_.run(world_.generations.prompt_of(other.actor(), recent[1].generation)).error().code,
            Errc::not_found);
  EXPECT_TRUE(world_.run(world_.generations.recent_prompts(other.actor())).empty());
}

TEST_F(AppealsTest, TheFormOfAStyleFollowsTheAvatar) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("aisha-forms-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "templates");
  std::ofstream(folder / "templates" / "t.toml")
      << "[[category]]\nid = \"shelf\"\nname = { ru = \"П\", en = \"S\" }\ndescription = { ru = \"В\", en = \"A\" }\n"
         "emoji = \"🎭\"\n[[template]]\nid = \"cat\"\ncategory = \"shelf\"\nname = { ru = \"И\", en = \"N\" }\n"
         "description = { ru = \"С\", en = \"L\" }\nemoji = \"🐱\"\nprompt = \"a person\"\n"
         "prompt_woman = \"a queen\"\nprompt_man = \"a king\"\n";
  world_.templates->put(catalog::read_edition({folder}).value());
  std::filesystem::remove_all(folder);
  GenerationOrder order;
  order.template_id = "cat";
  const auto prompt_of = [&](const char* gender) {
    world_.run(world_.db->write({{sql::Statement("UPDATE avatars SET gender = $1", gender), 1}})).value();
    auto turn = world_.open();
    GenerationOrder same = order;
    const auto accepted = world_.request(turn, std::move(same), "tap:1:1:" + std::to_string(++keys_)).value();
    world_.run(turn.commit()).value();
    world_.settle();
    return world_.picture(accepted.id).prompt;
  };
  EXPECT_THAT(prompt_of("FEMALE"), ::testing::HasSubstr("a queen"));
  EXPECT_THAT(prompt_of("MALE"), ::testing::HasSubstr("a king"));
  EXPECT_THAT(prompt_of("OTHER"), ::testing::HasSubstr("a person"));
}

}  // namespace
}  // namespace aisha::services
