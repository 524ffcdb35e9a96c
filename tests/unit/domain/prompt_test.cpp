// SPDX-License-Identifier: Apache-2.0
#include "domain/prompt.hpp"

#include <gtest/gtest.h>

namespace aisha::domain {
namespace {

std::string built(const PromptParts& parts) {
  const auto result = build_prompt(parts);
  return result ? *result : "<" + std::string(code_of(result.error().code)) + ">";
}

PromptParts with(std::string phrase, std::string word, std::string body, std::string additions = {}) {
  return {std::move(phrase), std::move(word), false, std::move(body), std::move(additions)};
}

TEST(PromptBuilder, PutsTheTriggerFirstThenTheBodyThenAdditions) {
  EXPECT_EQ(built(with("", "ohwx", "business portrait, office", "8k")), "ohwx, business portrait, office, 8k");
}

TEST(PromptBuilder, PrefersThePhraseToTheWord) {
  EXPECT_EQ(built(with("ohwx woman", "TOK", "portrait")), "ohwx woman, portrait");
  EXPECT_EQ(built(with("  ", "TOK", "portrait")), "TOK, portrait");
}

TEST(PromptBuilder, DoesNotRepeatATriggerTheBodyOpensWith) {
  EXPECT_EQ(built(with("", "ohwx", "Ohwx in a red coat")), "ohwx, in a red coat");
  EXPECT_EQ(built(with("ohwx man", "", "ohwx man, by the sea")), "ohwx man, by the sea");
  EXPECT_EQ(built(with("", "ohwx", "ohwxian market")), "ohwx, ohwxian market");
}

TEST(PromptBuilder, k10d_APersonsWordsArriveAsTyped) {
  for (const std::string& typed :
       {std::string("Bora Bora at dawn"), std::string("New York, New York"), std::string("very very red,, red"),
        std::string("two\nlines\n\n  and blanks"), std::string("Кот кот, КОТ, закат"), std::string("ohwxian market")}) {
    EXPECT_EQ(built(with("", "ohwx", typed)), "ohwx, " + typed);
  }
  EXPECT_EQ(built(with("tok,", "", "  portrait\n")), "tok, portrait");
}

TEST(PromptBuilder, ADifferentCaseOrOrderIsNotARepetition) {
  EXPECT_EQ(built(with("", "", "red coat, coat red, red coats")), "red coat, coat red, red coats");
}

TEST(PromptBuilder, KeepsMarkupAndPlaceholdersLiterally) {
  const std::string typed = "<b>{}</b> %s ${x} '; DROP TABLE users; -- &lt; *_[](";
  EXPECT_EQ(built(with("", "", typed)), typed);
}

TEST(PromptBuilder, ATrainedAvatarWithoutTriggerIsBroken) {
  EXPECT_EQ(built({"", " ", true, "portrait", ""}), "<avatar.broken>");
  EXPECT_EQ(built({"", "tok", true, "portrait", ""}), "tok, portrait");
}

TEST(PromptBuilder, AnEmptyBodyIsRefusedEvenWithATrigger) {
  EXPECT_EQ(built(with("tok", "", " , ,")), "<prompt.empty>");
}

TEST(PromptBuilder, ABodyThatIsOnlyTheTriggerStillDrawsThePerson) {
  EXPECT_EQ(built(with("", "ohwx", "ohwx")), "ohwx");
}

TEST(PromptBuilder, TheLongestTypedPromptStillFits) {
  std::string body;
  for (int i = 0; i < 1000; ++i) {
    body += "я";
  }
  EXPECT_EQ(built(with("ohwx man", "", body, "soft light")), "ohwx man, " + body + ", soft light");
  EXPECT_EQ(built(with("", "", body + "1, " + body + "2")), "<prompt.too_long>");
}

}  // namespace
}  // namespace aisha::domain
