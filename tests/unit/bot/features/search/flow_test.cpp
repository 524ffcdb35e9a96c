// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "domain/prompt_text.hpp"
#include "services/search/word_index.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;
using ::testing::HasSubstr;
using ::testing::Not;

class SearchFlow : public testing::Chat {
 protected:
  SearchFlow() { world_.write("/start"); }

  /// The card after the button of that route and these words.
  const ChatMessage& look_for(const std::string& words, const std::string& route = "1q") {
    world_.press(world_.newest().id, route);
    world_.write(words);
    return world_.newest();
  }
  const ChatMessage& look_for_pictures(const std::string& words) { return look_for(words, "1qp"); }
  void read_words() {
    services::WordIndex index(world_.world.context);
    world_.world.run(index.run());
  }
};

TEST_F(SearchFlow, AWordThatWasAskedForShowsItsStylesOnAShelf) {
  world_.press(world_.newest().id, "1q");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Поиск стиля"));
  world_.write("офисе");
  EXPECT_THAT(world_.newest().caption, HasSubstr("«офисе»"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("1 Офис"));
  EXPECT_EQ(world_.chat().searched, "офисе");
  world_.write("закаты");
  EXPECT_THAT(world_.newest().caption, HasSubstr("1 Закат")) << "the next text is another search";
}

TEST_F(SearchFlow, WhatWasMeantIsToldWhenItIsNotWhatWasTyped) {
  EXPECT_THAT(look_for("jabc").caption, HasSubstr("Показываю «офис»"));
  EXPECT_THAT(look_for("офис").caption, Not(HasSubstr("Показываю")));
}

TEST_F(SearchFlow, ASuggestionIsLookedForAtOnce) {
  world_.press(world_.newest().id, "1q");
  world_.tap("неон");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Киберпанк"));
  EXPECT_THAT(world_.press(world_.newest().id, "1qt:99"), HasSubstr("Меню обновилось"));
}

TEST_F(SearchFlow, WordsOfNoStyleMayBecomeAPrompt) {
  EXPECT_THAT(look_for("гиппопотам на льду").caption, HasSubstr("Ничего не нашлось по «гиппопотам на льду»"));
  world_.tap("Создать по описанию");
  EXPECT_THAT(world_.newest().caption, HasSubstr("гиппопотам на льду"));
  world_.tap("Создать · 5 монет");
  EXPECT_EQ(generations(), 1);
}

TEST_F(SearchFlow, Row102_FewerThanTwoLettersAreAskedForAgain) {
  for (const char* words : {"я", "!", "%_'\"", "🌲", " "}) {
    EXPECT_THAT(look_for(words).caption, HasSubstr("Нужно хотя бы две буквы")) << words;
    EXPECT_THAT(look_for_pictures(words).caption, HasSubstr("Нужно хотя бы две буквы")) << words;
  }
  world_.press(world_.newest().id, "1q");
  world_.write("1");
  world_.write("офис");
  EXPECT_THAT(world_.newest().caption, HasSubstr("1 Офис")) << "the words are still waited for";
}

TEST_F(SearchFlow, Row102_OfAThousandLettersTheFirst64Count) {
  std::string text = "офис ";
  for (int i = 0; i < 995; ++i) {
    text += "ж";
  }
  look_for(text);
  EXPECT_THAT(world_.newest().caption, HasSubstr("Ничего не нашлось"));
  EXPECT_EQ(domain::count_code_points(world_.chat().searched), 64U);
  std::string blanks = "офис";
  EXPECT_THAT(look_for(blanks + std::string(900, ' ') + "гиппопотам").caption, HasSubstr("Ничего не нашлось"))
      << "blanks are no letters";
}

TEST_F(SearchFlow, Row102_MarkupAndSignsThatTurnTheDirectionAreNotShown) {
  look_for("<b>жж</b> \xE2\x80\xAE ззз");
  EXPECT_THAT(world_.newest().caption, HasSubstr("«<b>жж</b> ззз»"));
}

TEST_F(SearchFlow, OwnPicturesAreFoundByTheirWordsAndOpenTheirCards) {
  describe("рыжий кот в шляпе");
  world_.tap("Создать · 5 монет");
  world_.settle();
  read_words();
  world_.write("/start");
  const ChatMessage& found = look_for_pictures("коты");
  EXPECT_THAT(found.caption, HasSubstr("«коты»"));
  EXPECT_THAT(found.caption, HasSubstr("рыжий кот"));
  EXPECT_THAT(found.data_of("1"), HasSubstr("1i:"));
  EXPECT_TRUE(found.data_of("1").ends_with(":q"));
  EXPECT_THAT(look_for_pictures("собака").caption, HasSubstr("Ничего не нашлось по «собака»"));
}

TEST_F(SearchFlow, ResultsWithoutWordsAskForThem) {
  world_.press(world_.newest().id, "1qr:0");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Поиск по вашим изображениям"));
}

}  // namespace
}  // namespace aisha::bot
