// SPDX-License-Identifier: Apache-2.0
#include "bot/features/photos/flow.hpp"

#include "services/privacy/erasing.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::ChatMessage;

class PhotosFlow : public testing::Chat {
 protected:
  PhotosFlow() {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    const Uuid database = world_.world.run(stores::identity::load(unit));
    world_.world.run(services::claim_bucket(world_.world.blobs, database)).value();
  }

  static constexpr std::int64_t kPerson = fakes::BotWorld::kChat;

  const ChatMessage& card() { return world_.newest(); }
  bool says(const char* words) { return card().caption.contains(words); }
  std::int64_t avatars() { return world_.count("SELECT count(*) FROM avatars WHERE status = 'COMPLETED'"); }
  std::int64_t drafts() { return world_.count("SELECT count(*) FROM avatars WHERE status = 'DRAFT'"); }
  std::int64_t kept() { return world_.count("SELECT count(*) FROM training_photos WHERE state = 'kept'"); }
  std::int64_t objects() {
    std::int64_t out = 0;
    for (const auto& [key, bytes] : world_.world.blobs.objects) {
      out += key.second.starts_with("avatars/") ? 1 : 0;
    }
    return out;
  }
  std::vector<std::string> reactions() {
    std::vector<std::string> out;
    for (const auto& call : world_.telegram.calls_of("setMessageReaction")) {
      out.push_back(json::serialize(call.parameters.at("reaction")));
    }
    return out;
  }
  /// A ready avatar of one photo.
  void make_one() {
    world_.send_photo("face");
    world_.settle();
    world_.tap("Женщина");
    world_.settle();
  }
  void next_photo(imaging::PhotoReport report) { world_.world.imager.photos.emplace_back(std::move(report)); }
};

TEST_F(PhotosFlow, AStrangersPhotoAndOneTapMakeAnAvatarAndAnotherOneItsFirstPortrait) {
  world_.write("/start");
  world_.send_photo("face");
  world_.settle();
  EXPECT_TRUE(says("Кто на фото и согласие")) << card().caption;
  EXPECT_EQ(drafts(), 1);
  const std::int64_t id = card().id;
  world_.tap("Женщина");
  world_.settle();
  EXPECT_EQ(card().id, id) << "the same message";
  EXPECT_TRUE(says("Готово, можно создавать")) << card().caption;
  EXPECT_TRUE(card().has("Первый портрет · 5 монет"));
  EXPECT_EQ(avatars(), 2) << "the demo's and their own";
  EXPECT_EQ(world_.count("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL AND language = 'ru'"), 1);
  EXPECT_EQ(objects(), 1);
  EXPECT_EQ(reactions().size(), 1U);
  EXPECT_EQ(world_.tap("Первый портрет"), "Принято");
  world_.settle();
  EXPECT_EQ(card().id, id) << "the card became the picture";
  EXPECT_TRUE(card().has("Скачать")) << card().caption;
  EXPECT_EQ(world_.world.provider.uploaded.size(), 1U) << "the photo went along";
  EXPECT_EQ(world_.world.broken_invariants(), std::vector<std::string>{});
}

TEST_F(PhotosFlow, AConsentBeforeThePhotoWasLookedAtMakesItReadyOnceItIsKept) {
  world_.send_photo("face");
  world_.world.step(world_.sending);
  world_.world.clock.advance(Millis(2'000));
  world_.world.step(world_.sending);
  world_.tap("Мужчина");
  EXPECT_EQ(drafts(), 1);
  world_.settle();
  EXPECT_TRUE(says("Готово, можно создавать")) << card().caption;
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_details WHERE gender = 'm'"), 1);
}

TEST_F(PhotosFlow, Row142EveryRefusedPhotoIsNamedByItsNumberOrItsFile) {
  imaging::PhotoReport dark = fakes::PlainImager::portrait("dark");
  dark.luma = 10;
  imaging::PhotoReport nobody = fakes::PlainImager::portrait("nobody");
  nobody.faces.clear();
  imaging::PhotoReport pair = fakes::PlainImager::portrait("pair");
  pair.faces.push_back({.x = 900, .y = 300, .side = 390, .score = 1});
  next_photo(dark);
  next_photo(nobody);
  next_photo(pair);
  world_.world.imager.photos.emplace_back(fail(Errc::image_truncated));
  world_.world.imager.photos.emplace_back(fail(Errc::image_too_large));
  for (const char* bytes : {"1", "2", "3", "4", "5"}) {
    world_.send_photo(bytes, "album");
  }
  const auto file = [&](const char* name, const char* mime, std::int64_t bytes) {
    const json::Object document{
        {"file_id", name}, {"file_unique_id", name}, {"file_name", name}, {"mime_type", mime}, {"file_size", bytes}};
    world_.send_message({{"document", document}});
  };
  file("paper.pdf", "application/pdf", 1000);
  file("huge.png", "image/png", 20 * 1024 * 1024 + 1);
  world_.send_message({{"video", json::Object{{"file_id", "v"}, {"file_unique_id", "v"}}}});
  world_.settle();
  EXPECT_EQ(kept(), 0);
  EXPECT_EQ(objects(), 0);
  for (const char* line : {"№1: темно", "№2: лица не видно", "№3: несколько людей", "№4: файл повреждён",
                           "№5: больше 33 Мп", "huge.png: больше 20 МБ", "paper.pdf, №8: формат не подходит"}) {
    EXPECT_TRUE(says(line)) << line << "\n" << card().caption;
  }
  EXPECT_EQ(world_.telegram.calls_of("getFile").size(), 5U) << "nothing that cannot serve is loaded";
}

TEST_F(PhotosFlow, AnAlbumInAnyOrderIsOneAvatarOneCardAndTheOrderOfItsMessages) {
  world_.write("/start");
  const std::int64_t first = world_.telegram.next_message_id();
  const std::int64_t second = world_.telegram.next_message_id();
  imaging::PhotoReport nobody = fakes::PlainImager::portrait("x");
  nobody.faces.clear();
  next_photo(nobody);
  world_.send_photo("second", "album", second);
  world_.send_photo("first", "album", first);
  world_.settle();
  EXPECT_EQ(drafts(), 1);
  EXPECT_TRUE(says("№1: лица не видно")) << card().caption;
  EXPECT_EQ(world_.telegram.sends(), 2U) << "the welcome and one card";
}

TEST_F(PhotosFlow, Row146TheSameFileIsOneRowAndTheSamePictureIsNamed) {
  make_one();
  world_.send_photo("face");
  world_.settle();
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos"), 1);
  next_photo(fakes::PlainImager::portrait("face"));
  world_.send_photo("the same picture in another file");
  world_.settle();
  EXPECT_TRUE(says("№2: повтор №1")) << card().caption;
}

TEST_F(PhotosFlow, Row146TheTwentyFirstIsRefusedWithoutBeingLoaded) {
  for (int i = 0; i < 20; ++i) {
    world_.send_photo("face " + std::to_string(i * 7919));
    world_.settle();
  }
  const std::int64_t before = kept();
  ASSERT_GE(before, 15) << "hashes of different bytes are far apart";
  for (int i = 20; kept() < 20; ++i) {
    world_.send_photo("face " + std::to_string(i * 7919));
    world_.settle();
  }
  const std::size_t loaded = world_.telegram.calls_of("getFile").size();
  world_.send_photo("one too many");
  world_.settle();
  EXPECT_EQ(kept(), 20);
  EXPECT_EQ(world_.telegram.calls_of("getFile").size(), loaded);
  EXPECT_TRUE(says("достаточно 20")) << card().caption;
}

TEST_F(PhotosFlow, MorePhotosJoinAReadyAvatarAndTheBestFourGo) {
  make_one();
  world_.send_photo("another face");
  world_.settle();
  EXPECT_EQ(kept(), 2);
  EXPECT_EQ(world_.count("SELECT photos_count FROM avatars WHERE photos_count > 0"), 2);
  EXPECT_TRUE(says("Фото для «Мой аватар»: 2 из 20")) << card().caption;
  EXPECT_EQ(drafts(), 0);
}

TEST_F(PhotosFlow, ACardThatIsBuriedIsSentAnewAndItsOldSelfLosesItsButtons) {
  world_.send_photo("face");
  world_.settle();
  const std::int64_t old = card().id;
  world_.send_photo("another face");
  world_.settle();
  EXPECT_GT(card().id, old);
  EXPECT_TRUE(says("Кто на фото"));
  EXPECT_TRUE(world_.message(old).buttons.empty());
}

TEST_F(PhotosFlow, WeakPhotosGoWithOnePress) {
  make_one();
  imaging::PhotoReport soft = fakes::PlainImager::portrait("soft");
  soft.face_sharpness = 5;
  next_photo(soft);
  world_.send_photo("soft");
  world_.settle();
  EXPECT_TRUE(says("Слабые, лучше заменить: №2 (смазано)")) << card().caption;
  EXPECT_EQ(objects(), 2);
  world_.tap("Убрать слабые");
  world_.settle();
  EXPECT_EQ(objects(), 1);
  EXPECT_EQ(kept(), 1);
  EXPECT_FALSE(says("Слабые"));
}

TEST_F(PhotosFlow, ADraftThatIsNotWantedIsGoneAtOnce) {
  world_.send_photo("face");
  world_.settle();
  EXPECT_EQ(objects(), 1);
  world_.tap("Не нужно");
  EXPECT_TRUE(says("удалён")) << card().caption;
  world_.settle();
  EXPECT_EQ(objects(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos"), 0);
  EXPECT_EQ(drafts(), 0);
  world_.send_photo("another");
  world_.settle();
  EXPECT_EQ(drafts(), 1) << "a new one begins";
}

TEST_F(PhotosFlow, AWithdrawnConsentTakesPhotosAndAvatarAtOnceAndAsksFirst) {
  world_.write("/start");
  world_.send_photo("face");
  world_.settle();
  const std::int64_t consent_card = card().id;
  const std::string discard = card().data_of("Не нужно");
  world_.tap("Женщина");
  world_.settle();
  world_.press(consent_card, discard);
  EXPECT_EQ(objects(), 1) << "an old button asks";
  EXPECT_TRUE(card().has("Отозвать согласие")) << card().caption;
  world_.tap("Отозвать согласие");
  world_.settle();
  EXPECT_EQ(objects(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos"), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM consents WHERE withdrawn_at IS NOT NULL"), 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatars WHERE name = '' AND photos_count = 0"), 1);
  EXPECT_EQ(avatars(), 1) << "the demo's is main again";
  EXPECT_TRUE(world_.message(world_.chat().card_message_id).caption.contains("удалён навсегда"));
}

TEST_F(PhotosFlow, ADatabaseBesideAnotherOnesPicturesRemovesNone) {
  world_.send_photo("face");
  world_.settle();
  world_.world.run(services::take_bucket(world_.world.blobs, Uuid{{7}})).value();
  world_.tap("Не нужно");
  world_.settle();
  EXPECT_EQ(objects(), 1);
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos WHERE state = 'removed'"), 1) << "it waits";
}

TEST_F(PhotosFlow, AThirdDraftIsTheLast) {
  for (const char* bytes : {"1", "2", "3"}) {
    world_.send_photo(bytes);
    world_.settle();
    world_.write("/cancel");
  }
  EXPECT_EQ(drafts(), 3);
  world_.send_photo("4");
  world_.settle();
  EXPECT_EQ(drafts(), 3);
  EXPECT_TRUE(says("Аватаров уже достаточно")) << card().caption;
}

TEST_F(PhotosFlow, APhotoTelegramDoesNotGiveNowIsLoadedLaterAndALostOneIsSaid) {
  world_.telegram.stay_away("getFile", 500);
  world_.send_photo("face");
  world_.settle();
  EXPECT_EQ(kept(), 0);
  world_.telegram.come_back();
  world_.world.clock.advance(Millis(60'000));
  world_.settle();
  EXPECT_EQ(kept(), 1);
  const json::Object lost{{"file_id", "lost"}, {"file_unique_id", "lost"}, {"mime_type", "image/jpeg"}};
  world_.send_message({{"document", lost}});
  world_.settle();
  EXPECT_TRUE(says("Telegram не отдал файл")) << card().caption;
}

TEST_F(PhotosFlow, APaperOutOfNowhereBeginsNothing) {
  world_.write("/start");
  world_.send_message(
      {{"document", json::Object{{"file_id", "p"}, {"file_unique_id", "p"}, {"mime_type", "application/pdf"}}}});
  EXPECT_EQ(drafts(), 0);
  EXPECT_TRUE(says("Понимаю текст и фото")) << card().caption;
}

TEST_F(PhotosFlow, SwitchedOffPhotosBeginNothing) {
  world_.world.policy.takes_photos = false;
  world_.options.takes_photos = false;
  world_.write("/start");
  world_.send_photo("face");
  EXPECT_EQ(drafts(), 0);
  EXPECT_TRUE(says("Пока понимаю только текст")) << card().caption;
}

TEST_F(PhotosFlow, WhoLooksAtTheMenuMeanwhileStillAddsToTheSameAvatar) {
  world_.write("/start");
  world_.send_photo("face");
  world_.settle();
  world_.press(world_.chat().card_message_id, "1h");
  world_.send_photo("another face");
  world_.settle();
  EXPECT_EQ(drafts(), 1);
  EXPECT_EQ(kept(), 2);
}

TEST_F(PhotosFlow, WhoHasEverythingErasedLosesThePhotosToo) {
  make_one();
  world_.send_photo("another face");
  world_.settle();
  ASSERT_EQ(objects(), 2);
  stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
  stores::data_requests::Wish wish{unit.new_id(),
                                   world_.chat().user_id,
                                   stores::data_requests::Kind::erasing,
                                   kPerson,
                                   "ru",
                                   std::string(services::kFirstErasureStep)};
  world_.world.run(stores::data_requests::open(unit, std::move(wish))).value();
  world_.world.run(unit.commit()).value();
  for (int i = 0; i < 60; ++i) {
    world_.world.step(world_.world.erasing);
    world_.world.clock.advance(Millis(1'000));
  }
  EXPECT_EQ(objects(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos"), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM consents"), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM avatar_details"), 0);
  EXPECT_EQ(world_.world.broken_invariants(), std::vector<std::string>{});
}

TEST_F(PhotosFlow, ADraftIsForgottenAWeekAfterItWasTouchedLast) {
  world_.send_photo("face");
  world_.settle();
  world_.world.clock.advance(std::chrono::days(7) + Millis(1));
  world_.world.run(world_.world.sweeper.run());
  EXPECT_EQ(drafts(), 0);
  world_.settle();
  EXPECT_EQ(objects(), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM training_photos"), 0);
}

TEST_F(PhotosFlow, ADeletedAvatarComesBackWithItsPhotosUntilItsTimeIsOver) {
  make_one();
  world_.write("/start");
  world_.tap("Аватары");
  world_.tap("Имя и удаление");
  world_.tap("Мой аватар");
  world_.tap("Удалить");
  EXPECT_TRUE(says("Фото исчезнут через 30 дней")) << card().caption;
  world_.tap("Удалить");
  world_.settle();
  EXPECT_EQ(objects(), 1);
  world_.world.clock.advance(std::chrono::days(31));
  world_.world.run(world_.world.sweeper.run());
  world_.settle();
  EXPECT_EQ(objects(), 0);
}

}  // namespace
}  // namespace aisha::bot
