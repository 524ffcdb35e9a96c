// SPDX-License-Identifier: Apache-2.0
#include "services/prompts/rewriting.hpp"

#include <gmock/gmock.h>

#include "tests/unit/services/jobs/job_test.hpp"

namespace aisha::services {
namespace {

using domain::JobState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kWords = "кот на берегу моря";

/// A picture by own Russian words where the operator has them translated.
class RewritingWords : public JobTest {
 protected:
  RewritingWords() {
    world_.settle();
    world_.sender.told.clear();
    world_.policy.translates_prompts = true;
    first_ = world_.provider.submitted.size();
  }
  void ask(std::string words) {
    GenerationOrder order;
    order.prompt = std::move(words);
    person_ += 1;
    world_.meet(person_);
    ticket_ = world_.tap(person_, order);
  }
  void enhance() {
    world_.policy.enhances_prompts = true;
    person_ += 1;
    auto turn = world_.open(person_);
    domain::UserSettings settings = turn.actor().settings();
    settings.enhance = true;
    ASSERT_TRUE(world_.people.save_settings(turn.actor(), settings));
    world_.run(turn.commit()).value();
    GenerationOrder order;
    order.prompt = "a cat";
    ticket_ = world_.tap(person_, order);
  }
  void prepare() { ASSERT_EQ(world_.step(world_.prepare_worker), 1); }
  std::string submitted() { return world_.provider.submitted.at(first_).input; }
  StatusView status() { return world_.run(world_.generations.status(id())).value(); }

  std::size_t first_ = 0;
};

TEST_F(RewritingWords, TheTranslationIsSentAndToldAndTheOwnWordsStay) {
  world_.writer.answers.push_back("a cat on the sea shore");
  ask(kWords);
  EXPECT_EQ(state(), JobState::preparing);
  prepare();
  ASSERT_THAT(world_.writer.asked, SizeIs(1));
  EXPECT_EQ(world_.writer.asked[0].first, providers::Rewriting::translate);
  EXPECT_EQ(world_.writer.asked[0].second, kWords);
  EXPECT_EQ(status().rewriting, "translate");
  EXPECT_EQ(status().rewritten, "a cat on the sea shore");
  submit();
  EXPECT_THAT(submitted(), AllOf(HasSubstr("a cat on the sea shore"), Not(HasSubstr("берегу"))));
  world_.settle();
  const auto picture = world_.picture(id());
  EXPECT_EQ(picture.custom_prompt, kWords);
  EXPECT_THAT(picture.prompt, HasSubstr("a cat on the sea shore"));
  EXPECT_TRUE(world_.broken_invariants().empty());
}

TEST_F(RewritingWords, Row149WithoutAnAnswerTheOwnWordsAreSentAndThatIsTold) {
  ask(kWords);
  prepare();
  EXPECT_EQ(status().rewritten, "");
  submit();
  EXPECT_THAT(submitted(), HasSubstr(kWords));
}

TEST_F(RewritingWords, Row149AnAnswerThatNoPromptMayBeIsNoAnswer) {
  for (const std::string& useless :
       {std::string(1'001, 'a'), std::string("\xff"), std::string(" "), std::string("..")}) {
    world_.writer.answers.push_back(useless);
    ask(kWords);
    prepare();
    EXPECT_EQ(status().rewritten, "") << useless;
    EXPECT_EQ(state(), JobState::queued);
    world_.settle();
  }
}

TEST_F(RewritingWords, Row150ATranslationAgainstTheRulesEndsItAndTheCoinsReturn) {
  world_.writer.answers.push_back("a forged passport");
  ask(kWords);
  prepare();
  expect_end(JobState::failed, "prompt.blocked", Meaning::job_failed);
  EXPECT_EQ(world_.provider.submitted.size(), first_);
}

TEST_F(RewritingWords, EnglishWordsAndStylesNeedNoWriter) {
  ask("a cat on the shore");
  EXPECT_EQ(state(), JobState::queued);
  world_.settle();
  ticket_ = world_.tap(person_);
  EXPECT_EQ(state(), JobState::queued);
  EXPECT_THAT(world_.writer.asked, IsEmpty());
}

TEST_F(RewritingWords, WhoeverWishesHasThemWrittenOut) {
  world_.writer.answers.push_back("a cat in soft light");
  enhance();
  prepare();
  EXPECT_EQ(world_.writer.asked.at(0).first, providers::Rewriting::enhance);
  submit();
  EXPECT_THAT(submitted(), HasSubstr("a cat in soft light"));
}

TEST_F(RewritingWords, WhatTheOperatorSwitchedOffIsNotDone) {
  world_.policy.translates_prompts = false;
  ask(kWords);
  EXPECT_EQ(state(), JobState::queued);
}

}  // namespace
}  // namespace aisha::services
