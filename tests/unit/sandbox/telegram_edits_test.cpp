// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

using TelegramEdits = Town;

std::string input_photo(const std::string& media, const std::string& caption = "") {
  return json::serialize(json::Object{{"type", "photo"}, {"media", media}, {"caption", caption}});
}

TEST_F(TelegramEdits, TurnTextIntoAPhotoButNeverBack) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}}));
  EXPECT_EQ(refusal(to_anna("editMessageCaption", {{"message_id", id}, {"caption", "b"}})),
            "400 Bad Request: there is no caption in the message to edit");
  const ApiAnswer photo =
      to_anna("editMessageMedia", {{"message_id", id}, {"media", input_photo("attach://f", "b")}}, {picture("f")});
  ASSERT_TRUE(photo.ok()) << photo.description();
  EXPECT_EQ(photo.result().at("photo").as_array().size(), 5U);
  EXPECT_EQ(photo.result().at("caption").as_string(), "b");
  EXPECT_EQ(refusal(to_anna("editMessageText", {{"message_id", id}, {"text", "c"}})),
            "400 Bad Request: there is no text in the message to edit");
}

TEST_F(TelegramEdits, WithoutMarkupRemoveTheKeyboard) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
  const ApiAnswer edited = to_anna("editMessageText", {{"message_id", id}, {"text", "b"}});
  EXPECT_FALSE(edited.result().as_object().contains("reply_markup"));
  EXPECT_EQ(edited.result().at("edit_date").as_int64(), now / 1000);
}

TEST_F(TelegramEdits, RefuseToChangeNothing) {
  const char* same =
      "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
      "as "
      "a current content and reply markup of the message";
  const std::string text = id_of(to_anna("sendMessage", {{"text", "a"}, {"reply_markup", kOneButton}}));
  EXPECT_EQ(refusal(to_anna("editMessageText", {{"message_id", text}, {"text", " a "}, {"reply_markup", kOneButton}})),
            same);
  EXPECT_EQ(refusal(to_anna("editMessageReplyMarkup", {{"message_id", text}, {"reply_markup", kOneButton}})), same);
  const std::string photo = id_of(to_anna("sendPhoto", {{"caption", "b"}}, {picture("photo")}));
  EXPECT_EQ(refusal(to_anna("editMessageMedia", {{"message_id", photo}, {"media", input_photo("attach://f", "b")}},
                            {picture("f")})),
            same);
  EXPECT_TRUE(to_anna("editMessageMedia", {{"message_id", photo}, {"media", input_photo("attach://f", "b")}},
                      {picture("f", "z")})
                  .ok());
}

TEST_F(TelegramEdits, NameWhatIsMissing) {
  EXPECT_EQ(refusal(to_anna("editMessageText", {{"text", "a"}})),
            "400 Bad Request: message identifier is not specified");
  EXPECT_EQ(refusal(to_anna("editMessageText", {{"text", "a"}, {"message_id", "99"}})),
            "400 Bad Request: message to edit not found");
  EXPECT_EQ(refusal(to_anna("editMessageText", {{"text", "a"}, {"message_id", "1"}})),
            "400 Bad Request: message can't be edited");
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}}));
  EXPECT_EQ(refusal(to_anna("editMessageMedia", {{"message_id", id}})),
            "400 Bad Request: parameter \"media\" is required");
  EXPECT_EQ(refusal(to_anna("editMessageMedia", {{"message_id", id}, {"media", "5"}})),
            "400 Bad Request: can't parse input media JSON object");
  EXPECT_EQ(refusal(to_anna("editMessageMedia", {{"message_id", id}, {"media", R"({"type":"photo"})"}})),
            "400 Bad Request: can't parse InputMedia: media not found");
  EXPECT_EQ(refusal(to_anna("editMessageText",
                            {{"message_id", id}, {"text", "b"}, {"reply_markup", R"({"keyboard":[["x"]]})"}})),
            "400 Bad Request: inline keyboard expected");
}

TEST_F(TelegramEdits, DeletesItsMessagesForTwoDaysOnly) {
  const std::string fresh = id_of(to_anna("sendMessage", {{"text", "a"}}));
  EXPECT_TRUE(to_anna("deleteMessage", {{"message_id", fresh}}).ok());
  EXPECT_EQ(refusal(to_anna("deleteMessage", {{"message_id", fresh}})), "400 Bad Request: message to delete not found");
  const std::string old = id_of(to_anna("sendMessage", {{"text", "a"}}));
  now += 48LL * 3'600'000 - 1;
  const std::string almost = id_of(to_anna("sendMessage", {{"text", "b"}}));
  now += 1;
  EXPECT_EQ(refusal(to_anna("deleteMessage", {{"message_id", old}})),
            "400 Bad Request: message can't be deleted for everyone");
  EXPECT_TRUE(to_anna("editMessageText", {{"message_id", old}, {"text", "still editable"}}).ok());
  EXPECT_TRUE(to_anna("deleteMessages", {{"message_ids", "[" + old + "," + almost + ",99]"}}).ok());
  EXPECT_NE(world.find_message(bot, anna, std::stoll(old)), nullptr);
  EXPECT_EQ(world.find_message(bot, anna, std::stoll(almost)), nullptr);
}

TEST_F(TelegramEdits, RepliesPointAtMessagesThatExist) {
  const std::string id = id_of(to_anna("sendMessage", {{"text", "a"}}));
  const ApiAnswer reply = to_anna("sendMessage", {{"text", "b"}, {"reply_parameters", R"({"message_id":)" + id + "}"}});
  EXPECT_EQ(reply.result().at("reply_to_message").at("text").as_string(), "a");
  EXPECT_EQ(refusal(to_anna("sendMessage", {{"text", "b"}, {"reply_parameters", R"({"message_id":99})"}})),
            "400 Bad Request: message to be replied not found");
  EXPECT_TRUE(to_anna("sendMessage",
                      {{"text", "b"}, {"reply_parameters", R"({"message_id":99,"allow_sending_without_reply":true})"}})
                  .ok());
}

}  // namespace
}  // namespace aisha::sandbox::telegram
