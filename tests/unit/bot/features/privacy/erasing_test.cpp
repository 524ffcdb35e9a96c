// SPDX-License-Identifier: Apache-2.0
// The chat of a person whose data are being deleted, and after that.
#include "bot/features/privacy/receipt.hpp"

#include <gmock/gmock.h>

#include "services/upkeep/bucket_owner.hpp"
#include "stores/privacy/data_requests.hpp"
#include "stores/upkeep/identity.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using ::testing::HasSubstr;
using ::testing::Not;

class ErasingChat : public testing::Chat {
 protected:
  Uuid wish() {
    auto& world = world_.world;
    stores::UnitOfWork unit(*world.db, world.rng);
    const Uuid person = world_.chat().user_id;
    stores::data_requests::Wish wish{unit.new_id(),   person, stores::data_requests::Kind::erasing,
                                     BotWorld::kChat, "ru",   std::string(services::kFirstErasureStep)};
    const auto opened = world.run(stores::data_requests::open(unit, std::move(wish))).value();
    world.run(unit.commit()).value();
    return opened.id;
  }
  Uuid database() {
    stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
    return world_.world.run(stores::identity::load(unit));
  }
  void erase() {
    for (int rounds = 0; rounds < 40; ++rounds) {
      world_.world.step(world_.world.erasing);
      world_.world.reap();
      world_.world.clock.advance(Millis(1'000));
    }
  }
};

TEST_F(ErasingChat, Row124EveryPressAndMessageIsAnsweredAndNothingIsBegun) {
  const auto card = create_card();
  wish();
  EXPECT_EQ(world_.press(card.id, card.data_of("1")), "Удаляю ваши данные…");
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests"), 0);
  EXPECT_EQ(coins(), 25);
  for (const char* words : {"/start", "/images", "маяк на скале"}) {
    world_.write(words);
    EXPECT_THAT(world_.newest().caption, HasSubstr("Удаляю ваши данные")) << words;
  }
  EXPECT_EQ(world_.count("SELECT count(*) FROM generation_requests"), 0);
  EXPECT_EQ(world_.count("SELECT count(*) FROM data_requests"), 1);
}

TEST_F(ErasingChat, APictureThatFinishesMeanwhileIsNotDelivered) {
  const std::int64_t card = create_card().id;
  world_.tap("1");
  wish();
  world_.settle();
  EXPECT_FALSE(world_.message(card).has("Скачать"));
}

TEST_F(ErasingChat, TheReceiptComesToAChatOfWhichNothingIsKeptAndTheWayBackIsAWelcome) {
  world_.write("/start");
  world_.world.run(services::claim_bucket(world_.world.blobs, database())).value();
  wish();
  erase();
  EXPECT_EQ(world_.count("SELECT count(*) FROM chats"), 0);
  world_.settle();
  EXPECT_THAT(world_.newest().caption, HasSubstr("Ваши данные удалены"));
  EXPECT_EQ(world_.count("SELECT count(*) FROM outbox"), 0) << "and leaves nothing";
  world_.write("/start");
  EXPECT_THAT(world_.newest().caption, HasSubstr("второго не будет: у вас 0 монет"));
  EXPECT_EQ(coins(), 0);
}

TEST(ErasureReceiptText, NamesWhatIsStillToCome) {
  const texts::Library library;
  services::ErasureTally tally;
  tally.pictures = 2;
  const auto words = [&](const char* language) { return privacy::receipt(library.in(language), tally).text; };
  EXPECT_THAT(words("en"), HasSubstr("2 images"));
  EXPECT_THAT(words("en"), Not(HasSubstr("can still be seen")));
  EXPECT_THAT(words("en"), Not(HasSubstr("still has copies")));
  EXPECT_THAT(words("en"), HasSubstr("not given a second time"));
  tally.messages = 21;
  tally.provider_left = 3;
  tally.provider_days = 90;
  tally.is_shared = true;
  EXPECT_THAT(words("ru"), HasSubstr("В 21 сообщении"));
  EXPECT_THAT(words("ru"), HasSubstr("копии 3 изображений"));
  EXPECT_THAT(words("ru"), HasSubstr("через 90 дней"));
  EXPECT_THAT(words("ru"), HasSubstr("другого бота"));
}

}  // namespace
}  // namespace aisha::bot
