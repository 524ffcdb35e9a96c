// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <set>

#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;

constexpr std::int64_t kFriend = 2002;

class SharingFlow : public testing::Chat {
 protected:
  /// A finished picture whose share card is open; its id as buttons write it.
  std::string share() {
    result_ = picture().id;
    const std::string data = world_.message(result_).data_of("📤 Поделиться");
    world_.press(result_, data);
    card_ = world_.newest().id;
    return data.substr(data.find(':') + 1);
  }
  /// Of the card's link button, which has no data: what the row says.
  std::string token() {
    const auto rows = world_.world.run(
        world_.world.db->read(sql::Statement("SELECT token FROM share_links WHERE revoked_at IS NULL")));
    return rows[0].text(0);
  }
  std::int64_t live_links() { return world_.count("SELECT count(*) FROM share_links WHERE revoked_at IS NULL"); }
  std::int64_t opened() { return world_.count("SELECT coalesce(sum(opened), 0) FROM share_links"); }

  const ChatMessage& open(const std::string& argument, std::int64_t person = kFriend) {
    world_.write("/start " + argument, person);
    return world_.telegram.chat(person).rbegin()->second;
  }
  /// As the last call wrote them.
  std::string buttons() {
    std::string out;
    for (const fakes::Call& call : world_.telegram.calls) {
      const auto* markup = call.parameters.if_contains("reply_markup");
      out = markup != nullptr ? json::serialize(*markup) : out;
    }
    return out;
  }

  std::int64_t result_ = 0;
  std::int64_t card_ = 0;
};

TEST_F(SharingFlow, TheCardOffersAChatALinkAndItsEnd) {
  const std::string id = share();
  const ChatMessage& card = world_.message(card_);
  EXPECT_NE(card_, result_) << "the result stays what it is";
  EXPECT_TRUE(card.caption.starts_with("📤 Поделиться\nПолучатель увидит изображение")) << card.caption;
  EXPECT_TRUE(card.caption.contains("открывали: 0")) << card.caption;
  EXPECT_TRUE(card.has("🚫 Закрыть ссылку"));
  const std::string markup = buttons();
  EXPECT_TRUE(markup.contains("\"switch_inline_query_chosen_chat\":{\"query\":\"i " + id)) << markup;
  EXPECT_TRUE(markup.contains("https://t.me/aisha_bot?start=i-" + token())) << markup;
  EXPECT_FALSE(card.has("Прислать копию"));
}

TEST_F(SharingFlow, ACardComesWithoutItsButtonWhenInlineModeWasSwitchedOffMeanwhile) {
  const std::string data = picture().data_of("📤 Поделиться");
  result_ = world_.newest().id;
  world_.telegram.refuse("sendPhoto", 400, "Bad Request: BUTTON_TYPE_INVALID");
  world_.press(result_, data);
  const ChatMessage& card = world_.newest();
  EXPECT_TRUE(card.has("🚫 Закрыть ссылку")) << card.caption;
  EXPECT_FALSE(card.has("Выбрать чат"));
  EXPECT_EQ(card.kind, "photo") << "the refusal was not about the picture";
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'poison'"), 0);
}

TEST_F(SharingFlow, ALinkThatWasShownBeforeItsCommitFailedIsTheOneThatOpens) {
  const std::string data = picture().data_of("📤 Поделиться");
  result_ = world_.newest().id;
  // Somebody else writes the chat's row between the card and the commit: all is decided anew.
  world_.telegram.meanwhile("sendPhoto", [this] {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    unit.write_any(sql::Statement("UPDATE chats SET version = version + 1"));
    ASSERT_TRUE(world_.world.run(unit.commit()));
  });
  world_.press(result_, data);
  std::set<std::string> shown;
  for (const fakes::Call& call : world_.telegram.calls) {
    const auto* markup = call.parameters.if_contains("reply_markup");
    const std::string text = markup == nullptr ? "" : json::serialize(*markup);
    if (const auto at = text.find("start=i-"); at != std::string::npos) {
      shown.insert(text.substr(at + 8, 22));
    }
  }
  EXPECT_EQ(shown, std::set<std::string>{token()});
}

TEST_F(SharingFlow, ALinkIsKeptAndItsEndMoved) {
  const std::string id = share();
  const std::string first = token();
  world_.world.clock.advance(std::chrono::days(20));
  world_.press(card_, "1sh:" + id);
  EXPECT_EQ(token(), first);
  world_.world.clock.advance(std::chrono::days(20));
  EXPECT_TRUE(open("i-" + first).has("Хочу так же")) << "twenty days after it was prolonged for thirty";
  world_.world.clock.advance(std::chrono::days(11));
  EXPECT_TRUE(open("i-" + first).caption.contains("Ссылка больше не действует"));
  world_.press(card_, "1sh:" + id);
  EXPECT_NE(token(), first) << "one that has ended is never opened again";
  EXPECT_EQ(live_links(), 1);
}

TEST_F(SharingFlow, AFriendSeesThePictureAndGetsTheStyleWithTheirOwnAvatar) {
  share();
  const ChatMessage& met = open("i-" + token());
  EXPECT_TRUE(met.caption.starts_with("✨ Офис\nНажмите, чтобы сделать такое же с вашим аватаром.\n\n👋 Анна"))
      << met.caption;
  EXPECT_TRUE(met.has("🌐")) << "somebody new is welcomed on the same card";
  EXPECT_EQ(opened(), 1);
  const ChatMessage& known = open("i-" + token());
  EXPECT_EQ(known.caption, "✨ Офис\nНажмите, чтобы сделать такое же с вашим аватаром.");
  EXPECT_EQ(known.data_of("🎨 Хочу так же"), "1s:office:h");
  EXPECT_EQ(opened(), 2);
  EXPECT_FALSE(known.caption.contains("portrait")) << "nothing of the description";
}

TEST_F(SharingFlow, OnesOwnLinkOpensThePictureAndCountsNobody) {
  share();
  const ChatMessage& own = open("i-" + token(), fakes::BotWorld::kChat);
  EXPECT_TRUE(own.has("✏️ Название")) << own.caption;
  EXPECT_EQ(opened(), 0);
}

TEST_F(SharingFlow, Row128ALinkThatShowsNothingSaysTheSameWhateverBecameOfIt) {
  const std::string id = share();
  const std::string link = "i-" + token();
  open("inline");
  world_.press(card_, world_.message(card_).data_of("Закрыть ссылку"));
  EXPECT_TRUE(world_.message(card_).caption.starts_with("🚫 Ссылка закрыта")) << world_.message(card_).caption;
  EXPECT_EQ(live_links(), 0);
  const std::string closed = open(link).caption;
  EXPECT_EQ(closed, "🔗 Ссылка больше не действует.");
  EXPECT_TRUE(open(link).has("🎨 К стилям"));
  EXPECT_EQ(open("i-AAAAAAAAAAAAAAAAAAAAAA").caption, closed) << "forged";
  EXPECT_EQ(open("i-short").caption, closed);
  EXPECT_EQ(open("i-").caption, closed);
  world_.press(card_, "1sh:" + id);
  const std::string again = "i-" + token();
  EXPECT_NE(again, link);
  world_.press(result_, "1rm:" + id);
  EXPECT_EQ(open(again).caption, closed) << "its picture lies in the bin";
  EXPECT_EQ(opened(), 0);
  world_.press(result_, "1un:" + id);
  EXPECT_TRUE(open(again).has("Хочу так же")) << "taken back, it is as it was";
}

TEST_F(SharingFlow, APurgedPictureTakesItsLinkAlong) {
  const std::string id = share();
  world_.press(result_, "1rm:" + id);
  world_.world.clock.advance(std::chrono::days(world_.world.policy.trash_days + 1));
  world_.world.run(world_.world.sweeper.run());
  EXPECT_EQ(world_.count("SELECT count(*) FROM share_links"), 0);
}

TEST_F(SharingFlow, WithoutInlineModeACopyComesOnceWithoutButtons) {
  world_.options.has_inline = false;
  const std::string id = share();
  EXPECT_TRUE(world_.message(card_).has("📨 Прислать копию"));
  const std::size_t sent = world_.telegram.sends();
  EXPECT_EQ(world_.press(card_, "1sc:" + id), "Копия ниже. Перешлите это сообщение.");
  world_.settle();
  EXPECT_EQ(world_.telegram.sends(), sent + 1);
  const ChatMessage& copy = world_.newest();
  EXPECT_TRUE(copy.buttons.empty());
  EXPECT_EQ(copy.kind, "photo");
  EXPECT_TRUE(copy.caption.contains("https://t.me/aisha_bot?start=i-" + token())) << copy.caption;
  EXPECT_EQ(world_.count("SELECT count(*) FROM picture_messages WHERE kind = 'share'"), 1)
      << "so that it loses its picture when that is purged";
}

TEST_F(SharingFlow, AStyleLinkOpensTheStyleAndAnUnknownOneTheMenu) {
  world_.write("/start", kFriend);
  EXPECT_TRUE(open("s-noir").caption.contains("Нуар"));
  const ChatMessage& menu = open("s-no-such-style");
  EXPECT_TRUE(menu.has("Мои изображения"));
  EXPECT_TRUE(menu.caption.starts_with("Такого стиля больше нет")) << menu.caption;
  EXPECT_TRUE(open("inline").has("Мои изображения"));
}

TEST_F(SharingFlow, SomebodyNewWhoComesByAStyleIsWelcomedOnItsCard) {
  const ChatMessage& met = open("s-noir");
  EXPECT_TRUE(met.caption.contains("👋")) << met.caption;
  EXPECT_TRUE(met.caption.contains("Нуар")) << met.caption;
  EXPECT_LE(texts::utf16_length(met.caption), kCaptionMax);
  EXPECT_EQ(world_.telegram.sends(), 1U);
}

TEST_F(SharingFlow, OwnWordsAreNeverShownToOthers) {
  const ChatMessage& asked = describe("закат над тайным озером");
  world_.press(asked.id, asked.data_of("🎨 Создать"));
  world_.settle();
  const std::string data = world_.newest().data_of("📤 Поделиться");
  world_.press(world_.newest().id, data);
  const ChatMessage& shown = open("i-" + token());
  EXPECT_TRUE(shown.caption.starts_with("✨ Сделано по описанию")) << shown.caption;
  EXPECT_FALSE(shown.caption.contains("озер"));
  EXPECT_TRUE(shown.has("📝 Свой промпт"));
}

}  // namespace
}  // namespace aisha::bot
