// SPDX-License-Identifier: Apache-2.0
#include "bot/features/job/routes.hpp"
#include "bot/features/picture/routes.hpp"
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

using fakes::BotWorld;
using fakes::ChatMessage;

class ProblemFlow : public testing::Chat {};

TEST_F(ProblemFlow, Row9AnUnknownButtonGetsAToastAndAFreshMenu) {
  const std::int64_t card = create_card().id;
  for (const char* data : {"", "9zz:boo", "1zz", "\x01\x7f", "1g:business"}) {
    EXPECT_EQ(world_.press(card, data), "Меню обновилось — открыл свежее");
    EXPECT_NE(world_.newest().caption.find("Главное меню"), std::string::npos);
  }
  EXPECT_EQ(world_.press(card, std::string(65, 'a')), "Меню обновилось — открыл свежее");
}

TEST_F(ProblemFlow, Row10AnotherPersonsPictureLooksLikeAnAbsentOne) {
  world_.world.tap(555);
  const Uuid foreign = *Uuid::parse("01890a5d-ac96-774b-bcce-b302099a8057");
  create_card();
  const std::int64_t card = world_.newest().id;
  for (const std::string& data : {encode(picture::Download{foreign}), encode(picture::Remove{foreign}),
                                  encode(job::Cancel{foreign}), encode(job::Repeat{foreign, 0, 5})}) {
    EXPECT_EQ(world_.press(card, data), "Изображение не найдено") << data;
  }
}

TEST_F(ProblemFlow, Row12APressInAGroupFindsNothing) {
  world_.update({{"callback_query",
                  json::Object{{"id", "q"},
                               {"from", json::Object{{"id", 9}, {"is_bot", false}, {"first_name", "B"}}},
                               {"message", json::Object{{"message_id", 5},
                                                        {"date", 1},
                                                        {"chat", json::Object{{"id", -100}, {"type", "group"}}}}},
                               {"data", "1h"}}}});
  EXPECT_EQ(world_.telegram.toasts.back(), "Image not found");
  EXPECT_EQ(world_.count("SELECT count(*) FROM users"), 0);
}

}  // namespace
}  // namespace aisha::bot
