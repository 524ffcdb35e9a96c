// SPDX-License-Identifier: Apache-2.0
#include "telegram/bot_api.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/loop.hpp"
#include "tests/fakes/scripted_http.hpp"
#include "tests/fakes/whole_body.hpp"

namespace aisha::telegram {
namespace {

constexpr const char* kMessage =
    R"({"ok":true,"result":{"message_id":5,"date":1700000000,"chat":{"id":42,"type":"private"},)"
    R"("photo":[{"file_id":"s","file_unique_id":"us","width":90,"height":120},)"
    R"({"file_id":"w","file_unique_id":"uw","width":960,"height":1280,"file_size":1000}]}})";
constexpr const char* kAlbum =
    R"({"ok":true,"result":[{"message_id":5,"date":1700000000,"chat":{"id":42,"type":"private"},"media_group_id":"g"},)"
    R"({"message_id":6,"date":1700000000,"chat":{"id":42,"type":"private"},"media_group_id":"g"}]})";
constexpr const char* kTrue = R"({"ok":true,"result":true})";

class BotApiTest : public ::testing::Test {
 protected:
  const http::Request& last() const { return http_.requests.back(); }

  void expect_json(const std::string& method, const std::string& body) {
    EXPECT_EQ(last().method, "POST");
    EXPECT_EQ(last().url, "http://api/bot1:T/" + method);
    ASSERT_EQ(last().headers.size(), 1U);
    EXPECT_EQ(last().headers[0].name, "Content-Type");
    EXPECT_EQ(last().headers[0].value, "application/json");
    EXPECT_EQ(last().body, body);
  }

  /// The multipart body with the random boundary replaced by B.
  std::string form() const {
    const std::string prefix = "multipart/form-data; boundary=";
    const std::string& type = last().headers.at(0).value;
    EXPECT_TRUE(type.starts_with(prefix)) << type;
    const std::string boundary = type.substr(prefix.size());
    std::string out = fakes::whole_body(last());
    for (auto at = out.find(boundary); at != std::string::npos; at = out.find(boundary)) {
      out.replace(at, boundary.size(), "B");
    }
    return out;
  }

  template <class T>
  void expect_done(Task<ApiResult<T>> task, const char* answer) {
    http_.answer(200, answer);
    const auto result = loop_.run(std::move(task));
    EXPECT_TRUE(result) << result.error().description;
  }

  static InlineKeyboardMarkup keyboard() {
    InlineKeyboardButton button;
    button.text = "Да";
    button.callback_data = "x";
    button.style = "primary";
    return {{{button}}};
  }

  fakes::Loop loop_;
  fakes::ScriptedHttp http_;
  BotApi api_{Secret("1:T"), "http://api", http_};
};

TEST_F(BotApiTest, GetMeReadsTheBot) {
  http_.answer(
      200, R"({"ok":true,"result":{"id":7,"is_bot":true,"first_name":"Aisha","username":"aisha_bot","new_flag":1}})");
  const auto me = loop_.run(api_.get_me());
  ASSERT_TRUE(me);
  EXPECT_EQ(me->id, 7);
  EXPECT_EQ(me->username, "aisha_bot");
  expect_json("getMe", "{}");
}

TEST_F(BotApiTest, SendMessageGoesOutAsTextWithEntities) {
  SendMessage parameters;
  parameters.chat_id = 42;
  parameters.text = "Привет";
  expect_done(api_.send_message(parameters), kMessage);
  expect_json("sendMessage", R"({"chat_id":42,"text":"Привет"})");
  EXPECT_FALSE(last().repeatable);
  MessageEntity bold;
  bold.type = "bold";
  bold.length = 6;
  parameters.entities = {bold};
  parameters.link_preview_options = LinkPreviewOptions{};
  parameters.disable_notification = true;
  parameters.reply_parameters = ReplyParameters{9};
  parameters.reply_markup = keyboard();
  expect_done(api_.send_message(parameters), kMessage);
  expect_json("sendMessage",
              R"({"chat_id":42,"text":"Привет","entities":[{"type":"bold","offset":0,"length":6}],)"
              R"("link_preview_options":{"is_disabled":true},"disable_notification":true,)"
              R"("reply_parameters":{"message_id":9,"allow_sending_without_reply":true},)"
              R"("reply_markup":{"inline_keyboard":[[{"text":"Да","style":"primary","callback_data":"x"}]]}})");
}

TEST_F(BotApiTest, EveryActionOfAButtonHasTelegramsName) {
  EditMessageReplyMarkup parameters;
  parameters.chat_id = 1;
  parameters.message_id = 2;
  InlineKeyboardButton link;
  link.text = "a";
  link.url = "https://x";
  InlineKeyboardButton copy;
  copy.text = "b";
  copy.copy_text = CopyTextButton{"prompt"};
  InlineKeyboardButton share;
  share.text = "c";
  share.switch_inline_query_chosen_chat = SwitchInlineQueryChosenChat{};
  share.switch_inline_query_chosen_chat->query = "q";
  share.switch_inline_query_chosen_chat->allow_user_chats = true;
  InlineKeyboardButton app;
  app.text = "d";
  app.web_app = WebAppInfo{"https://y"};
  parameters.reply_markup = InlineKeyboardMarkup{{{link, copy}, {share, app}}};
  expect_done(api_.edit_message_reply_markup(parameters), kMessage);
  expect_json("editMessageReplyMarkup",
              R"({"chat_id":1,"message_id":2,"reply_markup":{"inline_keyboard":[[{"text":"a","url":"https://x"},)"
              R"({"text":"b","copy_text":{"text":"prompt"}}],[{"text":"c","switch_inline_query_chosen_chat":)"
              R"({"query":"q","allow_user_chats":true}},{"text":"d","web_app":{"url":"https://y"}}]]}})");
}

TEST_F(BotApiTest, AKnownPhotoIsSentByItsId) {
  SendPhoto parameters;
  parameters.chat_id = 42;
  parameters.file = FileId{"AgAC"};
  parameters.caption = "c";
  http_.answer(200, kMessage);
  const auto message = loop_.run(api_.send_photo(parameters));
  ASSERT_TRUE(message);
  EXPECT_EQ(message->photo->back().file_id, "w");
  expect_json("sendPhoto", R"({"chat_id":42,"caption":"c","photo":"AgAC"})");
  EXPECT_FALSE(last().repeatable);
}

TEST_F(BotApiTest, ANewPhotoIsUploadedAsAFormPart) {
  SendPhoto parameters;
  parameters.chat_id = 42;
  parameters.file = Upload{std::string("\xff\xd8\0jpeg", 7), "a.jpg", "image/jpeg"};
  parameters.caption = "Подпись";
  parameters.reply_markup = keyboard();
  expect_done(api_.send_photo(parameters), kMessage);
  EXPECT_EQ(last().url, "http://api/bot1:T/sendPhoto");
  EXPECT_EQ(last().timeout, Millis(60'000));
  const std::string head = "--B\r\nContent-Disposition: form-data; name=\"";
  EXPECT_EQ(form(), head + "chat_id\"\r\n\r\n42\r\n" + head + "caption\"\r\n\r\nПодпись\r\n" + head +
                        "reply_markup\"\r\n\r\n" +
                        R"({"inline_keyboard":[[{"text":"Да","style":"primary","callback_data":"x"}]]})" + "\r\n" +
                        head + "photo\"\r\n\r\nattach://f0\r\n" + head +
                        "f0\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" +
                        std::string("\xff\xd8\0jpeg", 7) + "\r\n--B--\r\n");
}

TEST_F(BotApiTest, ADocumentKeepsItsOriginalBytes) {
  SendDocument parameters;
  parameters.chat_id = 42;
  parameters.file = Upload{"PNG", "b.png", "image/png"};
  parameters.disable_content_type_detection = true;
  expect_done(api_.send_document(parameters), kMessage);
  const std::string head = "--B\r\nContent-Disposition: form-data; name=\"";
  EXPECT_EQ(form(), head + "chat_id\"\r\n\r\n42\r\n" + head + "caption\"\r\n\r\n\r\n" + head +
                        "disable_content_type_detection\"\r\n\r\ntrue\r\n" + head +
                        "document\"\r\n\r\nattach://f0\r\n" + head +
                        "f0\"; filename=\"b.png\"\r\nContent-Type: image/png\r\n\r\nPNG\r\n--B--\r\n");
  parameters.file = FileId{"BQAC"};
  expect_done(api_.send_document(parameters), kMessage);
  expect_json("sendDocument", R"({"chat_id":42,"caption":"","disable_content_type_detection":true,"document":"BQAC"})");
}

TEST_F(BotApiTest, AnAlbumOfKnownPhotosIsOneCallAndItsMessagesComeInOrder) {
  SendMediaGroup album;
  album.chat_id = 42;
  album.message_thread_id = 3;
  album.media.resize(2);
  album.media[0].file = FileId{"AgA1"};
  album.media[0].caption = "c";
  album.media[1].file = FileId{"AgA2"};
  album.disable_notification = true;
  album.reply_parameters = ReplyParameters{9};
  http_.answer(200, kAlbum);
  const auto sent = loop_.run(api_.send_media_group(album));
  ASSERT_TRUE(sent) << sent.error().description;
  ASSERT_EQ(sent->size(), 2U);
  EXPECT_EQ(sent->at(0).message_id, 5);
  EXPECT_EQ(sent->at(1).message_id, 6);
  EXPECT_EQ(sent->at(1).media_group_id, "g");
  expect_json(
      "sendMediaGroup",
      R"({"chat_id":42,"message_thread_id":3,"disable_notification":true,)"
      R"("reply_parameters":{"message_id":9,"allow_sending_without_reply":true},)"
      R"("media":[{"type":"photo","caption":"c","media":"AgA1"},{"type":"photo","caption":"","media":"AgA2"}]})");
  EXPECT_FALSE(last().repeatable);
}

TEST_F(BotApiTest, TheNewPhotosOfAnAlbumAreUploadedUnderNamesOfTheirOwn) {
  SendMediaGroup album;
  album.chat_id = 42;
  album.media.resize(3);
  album.media[0].file = Upload{std::string("\xff\0one", 5), "a.jpg", "image/jpeg"};
  album.media[1].file = FileId{"AgA2"};
  album.media[2].file = Upload{"three", "c.jpg", "image/jpeg"};
  expect_done(api_.send_media_group(album), kAlbum);
  const std::string head = "--B\r\nContent-Disposition: form-data; name=\"";
  const std::string type = "\"\r\nContent-Type: image/jpeg\r\n\r\n";
  EXPECT_EQ(form(), head + "chat_id\"\r\n\r\n42\r\n" + head + "media\"\r\n\r\n" +
                        R"([{"type":"photo","caption":"","media":"attach://f0"},)" +
                        R"({"type":"photo","caption":"","media":"AgA2"},)" +
                        R"({"type":"photo","caption":"","media":"attach://f1"}])" + "\r\n" + head +
                        "f0\"; filename=\"a.jpg" + type + std::string("\xff\0one", 5) + "\r\n" + head +
                        "f1\"; filename=\"c.jpg" + type + "three\r\n--B--\r\n");
}

TEST_F(BotApiTest, AnAlbumHasTimeForAllOfItsFilesTogether) {
  SendMediaGroup album;
  album.media.resize(10);
  for (InputMedia& one : album.media) {
    one.file = Upload{std::string(8U << 20U, 'x'), "a.jpg", "image/jpeg"};
  }
  expect_done(api_.send_media_group(album), kAlbum);
  EXPECT_EQ(last().timeout, Millis(150'000)) << "80 MB where 32 have a minute";
}

TEST_F(BotApiTest, EditMessageMediaNamesThePartInsideItsMedia) {
  EditMessageMedia parameters;
  parameters.chat_id = 42;
  parameters.message_id = 5;
  parameters.media.file = Upload{"JPEG", "a.jpg", "image/jpeg"};
  parameters.media.caption = "c";
  parameters.reply_markup = keyboard();
  expect_done(api_.edit_message_media(parameters), kMessage);
  const std::string head = "--B\r\nContent-Disposition: form-data; name=\"";
  EXPECT_EQ(form(), head + "chat_id\"\r\n\r\n42\r\n" + head + "message_id\"\r\n\r\n5\r\n" + head +
                        "reply_markup\"\r\n\r\n" +
                        R"({"inline_keyboard":[[{"text":"Да","style":"primary","callback_data":"x"}]]})" + "\r\n" +
                        head + "media\"\r\n\r\n" + R"({"type":"photo","caption":"c","media":"attach://f0"})" + "\r\n" +
                        head + "f0\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n--B--\r\n");
  EXPECT_TRUE(last().repeatable);
  parameters.media.file = FileId{"AgAC"};
  parameters.reply_markup.reset();
  expect_done(api_.edit_message_media(parameters), kMessage);
  expect_json("editMessageMedia",
              R"({"chat_id":42,"message_id":5,"media":{"type":"photo","caption":"c","media":"AgAC"}})");
}

TEST_F(BotApiTest, TheOtherCallsHaveTheirExactBytes) {
  expect_done(api_.send_chat_action({42, 7, "upload_photo"}), kTrue);
  expect_json("sendChatAction", R"({"chat_id":42,"message_thread_id":7,"action":"upload_photo"})");
  EditMessageCaption caption;
  caption.chat_id = 42;
  caption.message_id = 5;
  caption.caption = "c";
  expect_done(api_.edit_message_caption(caption), kMessage);
  expect_json("editMessageCaption", R"({"chat_id":42,"message_id":5,"caption":"c"})");
  EditMessageText text;
  text.chat_id = 42;
  text.message_id = 5;
  text.text = "t";
  expect_done(api_.edit_message_text(text), kMessage);
  expect_json("editMessageText", R"({"chat_id":42,"message_id":5,"text":"t"})");
  expect_done(api_.delete_message({42, 5}), kTrue);
  expect_json("deleteMessage", R"({"chat_id":42,"message_id":5})");
  AnswerCallbackQuery answer;
  answer.callback_query_id = "77";
  expect_done(api_.answer_callback_query(answer), kTrue);
  expect_json("answerCallbackQuery", R"({"callback_query_id":"77"})");
  answer.text = "Готово";
  answer.show_alert = true;
  expect_done(api_.answer_callback_query(answer), kTrue);
  expect_json("answerCallbackQuery", R"({"callback_query_id":"77","text":"Готово","show_alert":true})");
  expect_done(api_.set_message_reaction({42, 5, {{"emoji", "👍"}}}), kTrue);
  expect_json("setMessageReaction", R"({"chat_id":42,"message_id":5,"reaction":[{"type":"emoji","emoji":"👍"}]})");
}

TEST_F(BotApiTest, TheBotsOwnSettingsHaveTheirExactBytes) {
  expect_done(api_.set_my_commands({{{"start", "Начать"}}, "ru"}), kTrue);
  expect_json("setMyCommands", R"({"commands":[{"command":"start","description":"Начать"}],"language_code":"ru"})");
  expect_done(api_.set_my_name({"Aisha", {}}), kTrue);
  expect_json("setMyName", R"({"name":"Aisha"})");
  expect_done(api_.set_my_description({"d", "en"}), kTrue);
  expect_json("setMyDescription", R"({"description":"d","language_code":"en"})");
  expect_done(api_.set_my_short_description({"s", {}}), kTrue);
  expect_json("setMyShortDescription", R"({"short_description":"s"})");
  expect_done(api_.set_chat_menu_button({{}, {}}), kTrue);
  expect_json("setChatMenuButton", R"({"menu_button":{"type":"commands"}})");
  SetWebhook hook;
  hook.url = "https://x/hook";
  hook.secret_token = "s";
  expect_done(api_.set_webhook(hook, std::nullopt), kTrue);
  expect_json("setWebhook", R"({"url":"https://x/hook","secret_token":"s"})");
  expect_done(api_.set_webhook(hook, Upload{"PEM", "certificate.pem", "application/x-pem-file"}), kTrue);
  EXPECT_NE(form().find("name=\"certificate\"; filename=\"certificate.pem\""), std::string::npos) << form();
  EXPECT_NE(form().find("https://x/hook"), std::string::npos);
  expect_done(api_.delete_webhook(), kTrue);
  expect_json("deleteWebhook", "{}");
}

TEST_F(BotApiTest, AFileIsLookedUpAndDownloaded) {
  http_.answer(200, R"({"ok":true,"result":{"file_id":"a","file_unique_id":"b","file_path":"photos/f.jpg"}})");
  const auto file = loop_.run(api_.get_file("a"));
  ASSERT_TRUE(file);
  expect_json("getFile", R"({"file_id":"a"})");
  http_.answer(200, "BYTES");
  EXPECT_EQ(loop_.run(api_.download(*file->file_path)).value(), "BYTES");
  EXPECT_EQ(last().url, "http://api/file/bot1:T/photos/f.jpg");
  http_.answer(404, R"({"ok":false,"error_code":404,"description":"Not Found: file"})");
  EXPECT_EQ(loop_.run(api_.download("gone")).error().kind, ErrorKind::other);
}

TEST_F(BotApiTest, ARefusalIsTyped) {
  http_.answer(
      429,
      R"({"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}})");
  SendMessage parameters;
  const auto refused = loop_.run(api_.send_message(parameters));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::flood);
  EXPECT_EQ(refused.error().retry_after, 5);
}

TEST_F(BotApiTest, AnUnreadableAnswerToASendIsAnUnknownOutcome) {
  for (const char* answer :
       {"", "<html>", R"({"ok":true})", R"({"ok":true,"result":7})", R"({"ok":true,"result":{}})"}) {
    http_.answer(200, answer);
    SendMessage parameters;
    const auto result = loop_.run(api_.send_message(parameters));
    ASSERT_FALSE(result) << answer;
    EXPECT_EQ(result.error().kind, ErrorKind::unknown_outcome) << answer;
  }
}

TEST_F(BotApiTest, k05_AServerErrorToASendIsAnUnknownOutcomeAndToAnythingElseOneToBeRepeated) {
  for (const int status : {500, 502, 504}) {
    http_.answer(status, R"({"ok":false,"error_code":502,"description":"Bad Gateway"})");
    http_.answer(status, "<html>Bad Gateway</html>");
    http_.answer(status, "<html>Bad Gateway</html>");
    http_.answer(status, "<html>Bad Gateway</html>");
    SendMessage words;
    EXPECT_EQ(loop_.run(api_.send_message(words)).error().kind, ErrorKind::unknown_outcome) << status;
    SendDocument file;
    EXPECT_EQ(loop_.run(api_.send_document(file)).error().code, Errc::net_unknown) << status;
    SendMediaGroup album;
    EXPECT_EQ(loop_.run(api_.send_media_group(album)).error().kind, ErrorKind::unknown_outcome) << status;
    EditMessageCaption edit;
    EXPECT_EQ(loop_.run(api_.edit_message_caption(edit)).error().kind, ErrorKind::server) << status;
  }
}

TEST_F(BotApiTest, AnErrorNeverHoldsTheToken) {
  http_.break_with(Errc::net_not_sent);
  const auto result = loop_.run(api_.get_me());
  EXPECT_EQ(result.error().kind, ErrorKind::not_sent);
  EXPECT_EQ(result.error().description.find("1:T"), std::string::npos);
}

TEST(Types, ACallbackOfAnInaccessibleMessageIsRead) {
  const auto update = json::decode<Update>(std::string_view(
      R"({"update_id":7,"callback_query":{"id":"1","from":{"id":1,"is_bot":false,"first_name":"A"},"chat_instance":"9",)"
      R"("message":{"chat":{"id":1,"type":"private"},"message_id":3,"date":0},"data":"x"}})"));
  ASSERT_TRUE(update) << update.error().detail;
  EXPECT_EQ(update->callback_query->message->date, 0);
  EXPECT_EQ(update->callback_query->from_.first_name, "A");
}

// reliability (e) 5.
TEST(Types, AnUnknownKindOfUpdateIsAnUpdateWithoutContent) {
  const auto update = json::decode<Update>(std::string_view(R"({"update_id":7,"shiny_new_thing":{"a":[1,2]}})"));
  ASSERT_TRUE(update);
  EXPECT_FALSE(update->message || update->callback_query || update->my_chat_member);
}

}  // namespace
}  // namespace aisha::telegram
