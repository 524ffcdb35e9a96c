// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/encoding.hpp"
#include "tests/fakes/unzip.hpp"
#include "tests/unit/bot/features/privacy/privacy_chat.hpp"

namespace aisha::bot {
namespace {

using fakes::Call;
using fakes::ChatMessage;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class PrivacyFlow : public PrivacyChat {};

TEST_F(PrivacyFlow, SettingsLeadToWhatIsKeptAndBack) {
  make(2);
  const ChatMessage& settings = open("1se");
  const ChatMessage& mine = open(settings.data_of("Мои данные"));
  EXPECT_THAT(mine.caption, StartsWith("🧹 Мои данные\nУ нас 2 изображения (1 МБ), 1 аватар"));
  EXPECT_EQ(mine.data_of("Назад"), "1se");
}

TEST_F(PrivacyFlow, AnArchiveOfEverythingComesAsAFile) {
  make(2);
  world_.press(card_, "1my");
  open("1md");
  const ChatMessage& packing = open("1ex");
  EXPECT_THAT(packing.caption, HasSubstr("📦 Соберу архив и пришлю сюда."));
  EXPECT_EQ(packing.data_of("Остановить"), "1ec");
  world_.settle();
  ASSERT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(name_of(sent()[0]), "aisha_2026-01-01.zip");
  EXPECT_EQ(sent()[0].parameters.at("caption"), "📦 Ваш архив");
  const Files files = fakes::unzip(sent()[0].file);
  for (const char* name :
       {"README.txt", "profile.json", "settings.json", "avatars.json", "pictures.json", "coins.json", "appeals.json"}) {
    EXPECT_THAT(files, Contains(Key(name)));
  }
  EXPECT_THAT(pictures_in(files), SizeIs(2));
  for (const auto& [path, bytes] : pictures_in(files)) {
    EXPECT_THAT(path, StartsWith("pictures/2026-01-01/"));
    EXPECT_EQ(bytes, "jpeg bytes");
  }
  EXPECT_THAT(files.at("README.txt"), HasSubstr("В нём 2 изображения"));
  const auto pictures = json::parse(files.at("pictures.json"))->get_array();
  ASSERT_THAT(pictures, SizeIs(2));
  for (const auto& one : pictures) {
    const std::string path(one.get_object().at("file").get_string());
    ASSERT_THAT(files, Contains(Key(path)));
  }
  const auto coins = json::parse(files.at("coins.json"))->get_object();
  EXPECT_EQ(coins.at("free"), 990);
  std::int64_t sum = 0;
  for (const auto& one : coins.at("movements").get_array()) {
    sum += one.get_object().at("coins").get_int64();
  }
  EXPECT_EQ(sum, 990) << "the movements explain the balance";
  EXPECT_EQ(json::parse(files.at("profile.json"))->get_object().at("telegram_id"), fakes::BotWorld::kChat);
  EXPECT_EQ(error_of_last(), "");
  EXPECT_EQ(
      world_.count("SELECT count(*) FROM data_requests WHERE tally = '{}' AND behind IS NULL AND chat_id IS NULL"), 1);
  EXPECT_THAT(open("1md").data_of("Получить архивом"), "1ex");
}

TEST_F(PrivacyFlow, WithoutAnyPictureTheDocumentsComeAllTheSame) {
  make(0);
  open("1ex");
  world_.settle();
  ASSERT_THAT(sent(), SizeIs(1));
  const Files files = fakes::unzip(sent()[0].file);
  EXPECT_THAT(pictures_in(files), IsEmpty());
  EXPECT_EQ(files.at("pictures.json"), "[\n]\n");
  EXPECT_THAT(files, Contains(Key("coins.json")));
}

TEST_F(PrivacyFlow, WhatIsLargeComesInPartsOneAfterTheOther) {
  world_.world.policy.export_part = 1'200;
  make(5);
  open("1ex");
  for (int i = 0; i < 10; ++i) {
    world_.world.step(world_.exporting);
    world_.world.clock.advance(Millis(1'000));
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox WHERE kind = 'export_part'"), 1) << "the first has not arrived";
  world_.settle();
  ASSERT_THAT(sent(), SizeIs(3));
  std::set<std::string> all;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(name_of(sent()[i]), "aisha_2026-01-01_part_" + std::to_string(i + 1) + "_of_3.zip");
    const Files files = fakes::unzip(sent()[i].file);
    EXPECT_EQ(files.contains("pictures.json"), i == 0);
    for (const auto& [path, bytes] : pictures_in(files)) {
      EXPECT_TRUE(all.insert(path).second) << path << " is in two parts";
    }
  }
  EXPECT_THAT(all, SizeIs(5));
  const Files first = fakes::unzip(sent()[0].file);
  EXPECT_THAT(first.at("README.txt"), HasSubstr("из нескольких частей: 3 файла"));
  for (const auto& one : json::parse(first.at("pictures.json"))->get_array()) {
    EXPECT_TRUE(all.contains(std::string(one.get_object().at("file").get_string())));
  }
}

TEST_F(PrivacyFlow, APartIsTheSameWhenItIsMadeAgain) {
  make(3);
  open("1ex");
  // No sure answer: it may have arrived, and comes once more.
  world_.telegram.refuse("sendDocument", 0, "");
  world_.settle();
  ASSERT_THAT(sent(), SizeIs(2));
  EXPECT_EQ(fakes::unzip(sent()[0].file), fakes::unzip(sent()[1].file));
  EXPECT_EQ(error_of_last(), "");
}

TEST_F(PrivacyFlow, WhatIsInTheBinIsTheirsToo) {
  make(2);
  const std::string id = world_.with("🗑️ Удалить").data_of("🗑️ Удалить").substr(4);
  world_.press(world_.with("🗑️ Удалить").id, "1rm:" + id);
  world_.settle();
  open("1ex");
  world_.settle();
  const Files files = fakes::unzip(sent().at(0).file);
  EXPECT_THAT(pictures_in(files), SizeIs(2));
  EXPECT_THAT(files.at("pictures.json"), HasSubstr("\"deleted_at\""));
}

TEST_F(PrivacyFlow, AMissingFileIsNamedAndTheRestComes) {
  make(3);
  auto& objects = world_.world.blobs.objects;
  const auto lost = std::ranges::find_if(objects, [](const auto& one) { return one.second == "jpeg bytes"; });
  objects.erase(lost);
  open("1ex");
  world_.settle();
  const Files files = fakes::unzip(sent().at(0).file);
  EXPECT_THAT(pictures_in(files), SizeIs(2));
  EXPECT_THAT(files.at("README.txt"), HasSubstr("Файлов не нашлось: 1"));
  int missing = 0;
  for (const auto& one : json::parse(files.at("pictures.json"))->get_array()) {
    const json::Object& entry = one.get_object();
    const std::string path(entry.at("file").get_string());
    missing += entry.contains("file_missing") ? 1 : 0;
    EXPECT_EQ(entry.contains("file_missing"), !files.contains(path));
    EXPECT_EQ(entry.contains("file_missing"), files.at("README.txt").contains(path));
  }
  EXPECT_EQ(missing, 1);
}

TEST_F(PrivacyFlow, AnExportThatIsStoppedSendsNoFurtherPart) {
  world_.world.policy.export_part = 1'200;
  make(5);
  open("1ex");
  while (sent().empty()) {
    world_.world.step(world_.exporting);
    world_.world.step(world_.sending);
    world_.clock.now();
    world_.world.clock.advance(Millis(100));
  }
  const ChatMessage& card = open("1md");
  EXPECT_THAT(card.caption, HasSubstr("часть 1 из 3"));
  const ChatMessage& after = open(card.data_of("Остановить"));
  EXPECT_EQ(toast_, "Остановлено");
  EXPECT_EQ(after.data_of("Получить архивом"), "1ex");
  world_.settle();
  EXPECT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(error_of_last(), "job.cancelled");
  open("1ec");
  EXPECT_EQ(toast_, "Архив уже не собирается");
}

TEST_F(PrivacyFlow, Row131AskedForTwiceItIsOneExport) {
  make(1);
  open("1ex");
  open("1ex");
  EXPECT_EQ(requests(), 1);
  world_.settle();
  EXPECT_THAT(sent(), SizeIs(1));
}

TEST_F(PrivacyFlow, TheQuestionSaysWhatGoesAndOnePressIsOneErasure) {
  make(2);
  const ChatMessage& question = open("1er");
  EXPECT_THAT(question.caption, HasSubstr("2 изображения, 1 аватар"));
  EXPECT_THAT(question.caption, HasSubstr("Монеты на балансе (990 монет) пропадут"));
  EXPECT_EQ(requests(), 0) << "asked, not done";
  const std::string yes = question.data_of("Да, удалить навсегда");
  EXPECT_THAT(open(yes).caption, StartsWith("🧹 Удаляю ваши данные…"));
  EXPECT_THAT(open(yes).caption, StartsWith("🧹 Удаляю ваши данные…"));
  EXPECT_EQ(requests(), 1);
  EXPECT_EQ(open_ones("erase"), 1);
}

TEST_F(PrivacyFlow, AQuestionThatSomethingElseHasOvertakenIsAskedAnew) {
  make(1);
  const std::string yes = open("1er").data_of("Да, удалить навсегда");
  open("1e:r:1-1");  // changes what paid buttons rest on, and so the card's revision
  EXPECT_THAT(open(yes).caption, StartsWith("🧹 Удалить всё обо мне"));
  EXPECT_THAT(toast_, Not(IsEmpty()));
  EXPECT_EQ(requests(), 0);
}

TEST_F(PrivacyFlow, TheQuestionSaysThatTheArchiveOnItsWayEndsToo) {
  make(1);
  EXPECT_THAT(open("1er").caption, Not(HasSubstr("Архив, который сейчас собирается")));
  EXPECT_TRUE(world_.message(card_).has("Сначала архив"));
  open("1ex");
  EXPECT_THAT(open("1er").caption, HasSubstr("Архив, который сейчас собирается, на этом остановится"));
  EXPECT_FALSE(world_.message(card_).has("Сначала архив"));
}

TEST_F(PrivacyFlow, AQuestionThatKnewOfNoArchiveIsAskedAnew) {
  make(1);
  const std::string yes = open("1er").data_of("Да, удалить навсегда");
  open("1ex");
  EXPECT_THAT(open(yes).caption, HasSubstr("Архив, который сейчас собирается"));
  EXPECT_THAT(toast_, Not(IsEmpty()));
  EXPECT_EQ(open_ones("export"), 1);
  EXPECT_EQ(open_ones("erase"), 0);
  open(world_.message(card_).data_of("Да, удалить навсегда"));
  EXPECT_EQ(open_ones("erase"), 1);
}

TEST_F(PrivacyFlow, Row132AnErasureEndsTheExport) {
  make(1);
  open("1ex");
  open(open("1er").data_of("Да, удалить навсегда"));
  EXPECT_EQ(open_ones("export"), 0);
  EXPECT_EQ(open_ones("erase"), 1);
  world_.settle();
  EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(PrivacyFlow, Row133AnExportDuringAnErasureIsRefused) {
  make(1);
  open(open("1er").data_of("Да, удалить навсегда"));
  for (const char* data : {"1ex", "1md", "1er", "1ec"}) {
    EXPECT_THAT(open(data).caption, StartsWith("🧹 Удаляю ваши данные…")) << data;
  }
  EXPECT_EQ(open_ones("export"), 0);
  EXPECT_EQ(open_ones("erase"), 1);
}

TEST_F(PrivacyFlow, ACommandSaysWhatIsKeptAndWhomToAsk) {
  world_.options.support = "@support";
  world_.write("/privacy");
  EXPECT_THAT(world_.newest().caption, StartsWith("🔐 Ваши данные"));
  EXPECT_THAT(world_.newest().caption, HasSubstr("Напишите @support."));
  EXPECT_THAT(world_.newest().caption, HasSubstr("в течение 30 дней"));
  EXPECT_EQ(world_.newest().data_of("Мои данные"), "1md");
}

}  // namespace
}  // namespace aisha::bot
