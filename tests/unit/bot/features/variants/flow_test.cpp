// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;
using ::testing::HasSubstr;
using ::testing::Not;

class VariantsFlow : public testing::Chat {
 protected:
  VariantsFlow() { world_.world.policy.starting_grant = 100; }

  /// The id of the newest picture, as buttons have it.
  std::string newest_id() {
    const auto rows = world_.world.run(
        world_.world.db->read(sql::Statement("SELECT id FROM generation_requests ORDER BY id DESC LIMIT 1")));
    return rows[0].uuid(0).to_base64url();
  }
  std::vector<ChatMessage> messages(std::string_view words) {
    std::vector<ChatMessage> out;
    for (const auto& [id, message] : world_.telegram.chat(BotWorld::kChat)) {
      if (message.caption.contains(words)) {
        out.push_back(message);
      }
    }
    return out;
  }
  /// The photos of albums, in their order: what was sent without words or buttons.
  std::vector<ChatMessage> album() {
    std::vector<ChatMessage> out;
    for (const auto& [id, message] : world_.telegram.chat(BotWorld::kChat)) {
      if (message.kind == "photo" && message.caption.empty() && message.buttons.empty()) {
        out.push_back(message);
      }
    }
    return out;
  }
  void fail_next(int results) {
    for (int i = 0; i < results; ++i) {
      world_.world.provider.results.push_back(fail(Errc::provider_rejected));
    }
  }
};

TEST_F(VariantsFlow, OneTapUnderAPictureMakesAnotherBelowItAndLeavesItWhatItIs) {
  const ChatMessage result = picture();
  EXPECT_EQ(world_.press(result.id, result.data_of("Вариация")), "Принято");
  world_.settle();
  EXPECT_EQ(generations(), 2);
  EXPECT_EQ(coins(), 90);
  EXPECT_THAT(world_.message(result.id).caption, HasSubstr("Готово")) << "the message stays the picture's";
  EXPECT_EQ(messages("Готово").size(), 2U);
  EXPECT_GT(messages("Готово").back().id, result.id);
}

TEST_F(VariantsFlow, TheSameTapTwiceMakesOneAndTheButtonIsGoodForTheNext) {
  const ChatMessage result = picture();
  const std::string data = result.data_of("Вариация");
  world_.press(result.id, data);
  EXPECT_EQ(world_.press(result.id, data), "Уже создаю это изображение");
  world_.settle();
  EXPECT_EQ(generations(), 2);
  const std::string next = world_.message(result.id).data_of("Вариация");
  EXPECT_NE(next, data) << "a tap of its own from now on";
  EXPECT_EQ(world_.press(result.id, next), "Принято");
  EXPECT_EQ(generations(), 3);
}

TEST_F(VariantsFlow, AnOlderCardOfVariantsStaysWhatItIs) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const ChatMessage older = world_.newest();
  world_.telegram.deletable_since = 1000;
  world_.write("/create");
  EXPECT_EQ(world_.press(older.id, older.data_of("Вариация")), "Принято");
  world_.settle();
  EXPECT_FALSE(world_.message(older.id).has("Скачать")) << "the buttons of a picture are its own message's";
  EXPECT_EQ(generations(), 2);
}

TEST_F(VariantsFlow, AResultOpensItsVariantsAsANewCardBelow) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const ChatMessage& card = world_.newest();
  EXPECT_GT(card.id, result.id);
  EXPECT_THAT(card.caption, HasSubstr("Варианты"));
  EXPECT_THAT(card.caption, HasSubstr("FLUX LoRA · 3:4 · максимум"));
  EXPECT_THAT(card.caption, HasSubstr("Каждый вариант — 5 монет."));
  for (const char* label : {"Вариация · 5", "Ещё 4 · 20", "📐 1:1", "📐 21:9", "➕ Похожее", "➖ Похожее"}) {
    EXPECT_TRUE(card.has(label)) << label;
  }
  EXPECT_FALSE(card.has("максимум")) << "it was made in the best one";
  EXPECT_FALSE(card.has("📐 3:4"));
}

TEST_F(VariantsFlow, AFormatTurnsTheCardIntoTheStatusOfThePicture) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  EXPECT_EQ(world_.tap("📐 16:9"), "Принято");
  auto wide = fakes::PlainImager::fine();
  wide.width = 2048;
  wide.height = 1152;
  world_.world.imager.inspections.push_back(std::move(wide));
  world_.settle();
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Готово"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE aspect_ratio = '16:9'"), 1);
}

TEST_F(VariantsFlow, ThreeGenerationsAreWalkedBothWaysByButtons) {
  picture();
  const std::string first = newest_id();
  world_.tap("Вариация");
  world_.settle();
  const std::string second = newest_id();
  world_.press(world_.newest().id, world_.newest().data_of("Вариация"));
  world_.settle();
  const std::string third = newest_id();

  // Up: from the third by its variants to the second and to the first.
  world_.press(world_.newest().id, world_.newest().data_of("Варианты"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("⬆️ Есть исходник"));
  world_.tap("⬆️ Исходник");
  EXPECT_THAT(world_.newest().caption, HasSubstr("⬆️ Есть исходник · ⬇️ 1 вариация"));
  EXPECT_THAT(world_.newest().data_of("Вариация"), HasSubstr(second));
  world_.press(world_.newest().id, world_.newest().data_of("Варианты"));
  world_.tap("⬆️ Исходник");
  EXPECT_THAT(world_.newest().data_of("Вариация"), HasSubstr(first));
  EXPECT_THAT(world_.newest().caption, Not(HasSubstr("Есть исходник")));

  // Down: by the family of each.
  world_.press(world_.newest().id, world_.newest().data_of("Варианты"));
  world_.tap("⬇️ Вариации");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Семья изображения · 1 вариация"));
  world_.tap("2");
  EXPECT_THAT(world_.newest().data_of("Вариация"), HasSubstr(second));
  world_.press(world_.newest().id, world_.newest().data_of("Варианты"));
  world_.tap("⬇️ Вариации");
  EXPECT_TRUE(world_.newest().has("⬆️ Исходник"));
  world_.tap("2");
  EXPECT_THAT(world_.newest().data_of("Вариация"), HasSubstr(third));
  world_.tap("Назад");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Семья изображения")) << "back to the family it was opened from";
}

TEST_F(VariantsFlow, WhenTheOriginalIsDeletedItsVariationsStayAndSaySo) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Вариация"));
  world_.settle();
  const ChatMessage child = world_.newest();
  world_.press(result.id, world_.message(result.id).data_of("Удалить"));
  world_.settle();
  world_.press(child.id, child.data_of("Варианты"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("Исходник удалён"));
  EXPECT_FALSE(world_.newest().has("⬆️ Исходник"));
}

TEST_F(VariantsFlow, WithoutItsAvatarAVariationSaysWithWhichItIsMade) {
  const ChatMessage result = picture();
  world_.world.run(world_.world.db->write({{sql::Statement("UPDATE generation_requests SET avatar_id = NULL"), 1}}))
      .value();
  EXPECT_THAT(world_.press(result.id, result.data_of("Вариация")), HasSubstr("Аватара больше нет, делаю с"));
}

TEST_F(VariantsFlow, Row144AnOldOrForgedButtonMakesNothing) {
  const ChatMessage result = picture();
  const std::string data = result.data_of("Вариация");
  const std::string cheaper = data.substr(0, data.rfind(':')) + ":1";
  EXPECT_EQ(world_.press(result.id, cheaper),
            "Цена изменилась. Проверьте карточку и нажмите ещё раз, монеты не списаны.");
  const std::string id = data.substr(3, 22);
  world_.press(result.id, "1vf:" + id + ":7-5:0:5");
  world_.press(result.id, "1vq:" + id + ":0:5");
  world_.press(result.id, "1v:AAAAAAAAAAAAAAAAAAAAAA:0:5");
  world_.press(result.id, "1v:" + id + ":-1:5");
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(coins(), 95);
}

TEST_F(VariantsFlow, WordsAreAskedForShownWithTheirPriceAndChangeThePicture) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  world_.tap("✍️ Словами");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Что изменить?"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("Жду текст 15 минут. Стоимость: 5 монет."));
  world_.write("сделай фон осенним парком");
  EXPECT_THAT(world_.newest().caption, HasSubstr("Изменить так?\nсделай фон осенним парком"));
  const ChatMessage older = world_.newest();
  world_.write("сделай фон зимним лесом");
  EXPECT_EQ(world_.press(older.id, older.data_of("Создать ·")),
            "Меню изменилось. Проверьте карточку и нажмите ещё раз, монеты не списаны.")
      << "the words of that card wait no more";
  EXPECT_EQ(generations(), 1);
  EXPECT_EQ(world_.tap("Создать ·"), "Принято");
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE custom_prompt = 'сделай фон зимним лесом'"
                         " AND variation = 'words' AND status = 'ready'"),
            1);
  EXPECT_THAT(world_.newest().caption, HasSubstr("Готово"));
}

TEST_F(VariantsFlow, WordsForAPictureAreNoPromptOfAnotherCard) {
  const ChatMessage prompt = describe("лиса в осеннем лесу");
  world_.tap("Создать ·");
  world_.settle();
  const ChatMessage result = world_.newest();
  world_.press(result.id, result.data_of("Варианты"));
  world_.tap("✍️ Словами");
  world_.write("лиса в осеннем лесу");
  world_.press(prompt.id, prompt.data_of("Создать ·"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests WHERE variation IS NULL"), 1);
}

TEST_F(VariantsFlow, FourMoreAreOneCardAndOneAlbumWithoutButtons) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  EXPECT_EQ(world_.tap("Ещё 4"), "Принято");
  world_.world.step(world_.sending);
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Создаю 4 изображения…"));
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Готово 0 из 4."));
  EXPECT_TRUE(world_.message(card).has("Отменить все"));
  world_.settle();
  const ChatMessage done = world_.message(card);
  EXPECT_THAT(done.caption, HasSubstr("Готово: 4 из 4 · 💎 75"));
  EXPECT_FALSE(done.has("Недостающие"));
  const auto photos = album();
  ASSERT_EQ(photos.size(), 4U);
  EXPECT_EQ(world_.telegram.calls_of("sendMediaGroup").size(), 1U);
  for (const ChatMessage& photo : photos) {
    EXPECT_EQ(photo.reply_to, card);
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM picture_messages WHERE kind = 'album'"), 4);
  EXPECT_EQ(world_.count("SELECT count(DISTINCT generation_id) FROM picture_messages WHERE kind = 'album'"), 4);
  world_.press(card, done.data_of("3"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("⬆️ Есть исходник")) << "a number opens its picture";
  EXPECT_GT(world_.newest().id, photos.back().id) << "below: the card of the batch stays";
}

TEST_F(VariantsFlow, OneOfFourThatFailsIsToldWithItsCoinsAndMadeOnDemand) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  world_.tap("Ещё 4");
  fail_next(1);
  world_.settle();
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Готово: 3 из 4 · 💎 80"));
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Не получилось: 1. Монеты за них вернулись."));
  EXPECT_EQ(album().size(), 3U);
  const std::string again = world_.message(card).data_of("Недостающие · 5");
  EXPECT_EQ(world_.press(card, again), "Принято");
  EXPECT_EQ(world_.press(card, again), "Уже создаю это изображение");
  world_.settle();
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Готово: 3 из 4")) << "it stays the card of the three";
  EXPECT_EQ(coins(), 75);
  EXPECT_TRUE(world_.world.broken_invariants().empty());
}

TEST_F(VariantsFlow, OneThatIsLeftComesAsAPhotoAndNoneNotAtAll) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  world_.tap("Ещё 4");
  fail_next(3);
  world_.settle();
  EXPECT_EQ(album().size(), 1U);
  EXPECT_TRUE(world_.telegram.calls_of("sendMediaGroup").empty());
  world_.press(result.id, world_.message(result.id).data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  world_.tap("Ещё 4");
  fail_next(4);
  world_.settle();
  EXPECT_EQ(album().size(), 1U);
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Не получилось ни одного изображения"));
}

TEST_F(VariantsFlow, AllAreCancelledByOneButton) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  world_.tap("Ещё 4");
  world_.world.step(world_.sending);
  EXPECT_EQ(world_.tap("Отменить все"), "Отменяю");
  world_.settle();
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Создание отменено · 💎 95"));
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Отменено: 4."));
  EXPECT_TRUE(album().empty());
  EXPECT_EQ(coins(), 95);
}

TEST_F(VariantsFlow, AnAlbumOfUnknownOutcomeIsSentOnceMore) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  world_.tap("Ещё 4");
  world_.telegram.refuse("sendMediaGroup", 0, "no answer");
  world_.settle();
  EXPECT_EQ(world_.telegram.calls_of("sendMediaGroup").size(), 2U);
  EXPECT_EQ(album().size(), 4U);
}

TEST_F(VariantsFlow, APictureThatIsRemovedLeavesTheCardOfItsBatch) {
  const ChatMessage result = picture();
  world_.press(result.id, result.data_of("Варианты"));
  const std::int64_t card = world_.newest().id;
  world_.tap("Ещё 4");
  world_.settle();
  world_.press(card, world_.message(card).data_of("1"));
  world_.tap("Удалить");
  world_.settle();
  EXPECT_THAT(world_.message(card).caption, HasSubstr("Удалено: 1."));
  EXPECT_FALSE(world_.message(card).has("4"));
}

}  // namespace
}  // namespace aisha::bot
