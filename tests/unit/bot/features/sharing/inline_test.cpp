// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/chat.hpp"

namespace aisha::bot {
namespace {

class InlineQueries : public testing::Chat {
 protected:
  std::vector<std::string> make(int n) {
    world_.world.policy.starting_grant = 1'000;
    std::vector<std::string> out;
    for (int i = 0; i < n; ++i) {
      const auto& result = picture();
      const std::string data = result.data_of("📤 Поделиться");
      out.push_back(data.substr(data.find(':') + 1));
    }
    return out;
  }
  static std::vector<std::string> ids_of(const json::Object& answer) {
    std::vector<std::string> out;
    for (const json::Value& result : answer.at("results").get_array()) {
      out.emplace_back(result.get_object().at("id").get_string());
    }
    return out;
  }
  std::int64_t left_in_inbox() { return world_.count("SELECT count(*) FROM inbox WHERE state = 'new'"); }
};

TEST_F(InlineQueries, TheChosenPictureComesByItsFileWithItsLink) {
  const std::string id = make(1).at(0);
  world_.press(world_.newest().id, "1sh:" + id);
  const json::Object answer = world_.inline_query("i " + id);
  ASSERT_EQ(ids_of(answer), std::vector<std::string>{id});
  const json::Object& result = answer.at("results").get_array()[0].get_object();
  EXPECT_EQ(result.at("type"), "photo");
  EXPECT_TRUE(result.at("photo_file_id").get_string().starts_with("file-"));
  EXPECT_EQ(result.at("caption"), "✨ Офис");
  EXPECT_TRUE(json::serialize(result.at("reply_markup")).contains("https://t.me/aisha_bot?start=i-"));
  EXPECT_EQ(answer.at("cache_time"), 0);
  EXPECT_EQ(answer.at("is_personal"), true);
}

TEST_F(InlineQueries, WithoutWordsTheFavouritesComeFirstAndThenTheNewest) {
  const auto ids = make(3);
  world_.press(world_.newest().id, "1f:" + ids[0] + ":1:m");
  EXPECT_EQ(ids_of(world_.inline_query("")), (std::vector<std::string>{ids[0], ids[2], ids[1]}));
  EXPECT_TRUE(json::serialize(world_.inline_query("")).contains("start=s-office")) << "typing opens no link";
  EXPECT_EQ(world_.count("SELECT count(*) FROM share_links"), 0);
}

TEST_F(InlineQueries, PagesGoOnBehindTheirLastPicture) {
  const auto ids = make(23);
  const json::Object first = world_.inline_query("");
  ASSERT_EQ(ids_of(first).size(), 20U);
  const std::string offset(first.at("next_offset").get_string());
  EXPECT_LE(offset.size(), 64U);
  const json::Object second = world_.inline_query("", offset);
  EXPECT_EQ(ids_of(second), (std::vector<std::string>{ids[2], ids[1], ids[0]}));
  EXPECT_EQ(second.at("next_offset"), "");
  const json::Object words = world_.inline_query("офис");
  EXPECT_EQ(ids_of(words).size(), 20U);
  const std::string more(words.at("next_offset").get_string());
  EXPECT_EQ(ids_of(world_.inline_query("офис", more)), (std::vector<std::string>{ids[2], ids[1], ids[0]}));
}

TEST_F(InlineQueries, Row129SomebodyUnknownGetsTheButtonOnly) {
  const json::Object answer = world_.inline_query("noir", "", 9009);
  EXPECT_TRUE(ids_of(answer).empty());
  EXPECT_EQ(answer.at("button").get_object().at("start_parameter"), "inline");
  EXPECT_EQ(answer.at("button").get_object().at("text"), "Открыть бота");
  EXPECT_EQ(world_.count("SELECT count(*) FROM users"), 0) << "nobody is met by what they type elsewhere";
}

TEST_F(InlineQueries, Row129WordsThatFindNothingAForeignIdAndAGarbledOffsetAreNoError) {
  const auto ids = make(1);
  EXPECT_TRUE(ids_of(world_.inline_query(std::string(256, 'x'))).empty());
  EXPECT_TRUE(ids_of(world_.inline_query("i AAAAAAAAAAAAAAAAAAAAAA")).empty());
  for (const char* offset : {"garbage", "n", "n!!!", "s\xD0\xB6", "f0000000000000000000000"}) {
    EXPECT_EQ(ids_of(world_.inline_query("", offset)), ids) << offset;
  }
  EXPECT_EQ(left_in_inbox(), 0);
}

TEST_F(InlineQueries, APictureThatTelegramHasNoPhotoOfIsLeftOut) {
  make(2);
  world_.world.run(world_.world.db->read(sql::Statement("SELECT 1")));
  stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
  unit.write_any(sql::Statement("DELETE FROM file_ids"));
  ASSERT_TRUE(world_.world.run(unit.commit()));
  services::Uploads fresh(world_.world.context);
  fresh.serve(7);
  sharing::InlineResults results(world_.tools, fresh);
  telegram::InlineQuery query;
  query.id = "1";
  query.from_.id = fakes::BotWorld::kChat;
  EXPECT_TRUE(world_.world.run(results.answer(query)).results.empty());
}

TEST_F(InlineQueries, WhoIsBeingErasedIsOfferedNothing) {
  make(1);
  stores::UnitOfWork unit(*world_.world.db, world_.world.rng);
  const auto user = world_.world.run(world_.world.db->read(sql::Statement("SELECT id FROM users")))[0].uuid(0);
  unit.write(
      sql::Statement("INSERT INTO data_requests (id, user_id, kind, language, step, next_at, created_at)"
                     " VALUES ($1, $2, 'erase', 'ru', 'mark', $3, $3)",
                     unit.new_id(), user, unit.now()));
  ASSERT_TRUE(world_.world.run(unit.commit()));
  const json::Object answer = world_.inline_query("");
  EXPECT_TRUE(ids_of(answer).empty());
  EXPECT_FALSE(answer.contains("button"));
}

TEST_F(InlineQueries, ARefusalOrALateQueryEndsIt) {
  make(1);
  world_.telegram.refuse("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired");
  world_.inline_query("");
  EXPECT_EQ(left_in_inbox(), 0);
  EXPECT_EQ(world_.telegram.calls_of("answerInlineQuery").size(), 1U) << "nobody asks twice for what one types on";
}

TEST_F(InlineQueries, OneThatCannotBeReadIsPoison) {
  world_.update({{"inline_query", json::Object{{"id", 5}}}});
  EXPECT_EQ(world_.count("SELECT count(*) FROM inbox WHERE state = 'poison'"), 1);
}

}  // namespace
}  // namespace aisha::bot
