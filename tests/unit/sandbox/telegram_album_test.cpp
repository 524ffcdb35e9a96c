// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

class TelegramAlbums : public Town {
 protected:
  static std::string photos(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
      out += std::string(out.empty() ? "[" : ",") + R"({"type":"photo","media":"attach://one"})";
    }
    return out + "]";
  }
};

TEST_F(TelegramAlbums, AreMessagesOfOneGroupInTheirOrder) {
  const ApiAnswer sent = to_anna("sendMediaGroup",
                                 {{"media", R"([{"type":"photo","media":"attach://one","caption":"first"},)"
                                            R"({"type":"photo","media":"attach://two"}])"}},
                                 {picture("one", "a"), picture("two", "b")});
  ASSERT_TRUE(sent.ok()) << sent.description();
  const json::Array& messages = sent.result().as_array();
  ASSERT_EQ(messages.size(), 2U);
  EXPECT_EQ(messages[0].at("media_group_id"), messages[1].at("media_group_id"));
  EXPECT_EQ(messages[0].at("caption").as_string(), "first");
  EXPECT_LT(messages[0].at("message_id").as_int64(), messages[1].at("message_id").as_int64());
  EXPECT_NE(messages[0].at("photo").as_array().back(), messages[1].at("photo").as_array().back());
}

TEST_F(TelegramAlbums, OfOneAreAnOrdinaryMessageAndKeyboardsAreLeftOut) {
  const ApiAnswer one =
      to_anna("sendMediaGroup", {{"media", photos(1)}, {"reply_markup", kOneButton}}, {picture("one")});
  ASSERT_TRUE(one.ok()) << one.description();
  EXPECT_FALSE(one.result().at(0).as_object().contains("media_group_id"));
  EXPECT_FALSE(one.result().at(0).as_object().contains("reply_markup"));
}

TEST_F(TelegramAlbums, AreRefusedInTelegramsWordsAndLeaveNothing) {
  const auto tried = [this](Arguments arguments) {
    return refusal(to_anna("sendMediaGroup", arguments, {picture("one")}));
  };
  EXPECT_EQ(tried({}), R"(400 Bad Request: parameter "media" is required)");
  EXPECT_EQ(tried({{"media", "no json"}}), "400 Bad Request: can't parse media JSON object");
  EXPECT_EQ(tried({{"media", "{}"}}), "400 Bad Request: expected an Array of InputMedia");
  EXPECT_EQ(tried({{"media", "[]"}}), "400 Bad Request: there are no messages to send");
  EXPECT_EQ(tried({{"media", photos(11)}}), "400 Bad Request: too many messages to send as an album");
  EXPECT_EQ(tried({{"media", R"([{"type":"photo","media":"attach://one"},{"type":"photo","media":"attach://gone"}])"}}),
            "400 Bad Request: can't parse InputMedia: media not found");
  EXPECT_EQ(
      tried({{"media", R"([{"type":"photo","media":"attach://one"},{"type":"document","media":"attach://one"}])"}}),
      "400 Bad Request: document can't be mixed with other media types");
  EXPECT_EQ(tried({{"media", R"([{"type":"video","media":"attach://one"}])"}}),
            "400 Bad Request: can't parse InputMedia: invalid media type specified");
  EXPECT_EQ(tried({{"media", R"([{"type":"photo","media":"AgAC"}])"}}),
            "400 Bad Request: wrong file identifier/HTTP URL specified");
  EXPECT_EQ(tried({{"media", photos(2)}, {"reply_parameters", R"({"message_id":999})"}}),
            "400 Bad Request: message to be replied not found");
  EXPECT_EQ(world.find_chat(bot, anna)->messages.size(), 1U) << "only what the person sent";
}

TEST_F(TelegramAlbums, NameTheMemberThatTelegramCouldNotTake) {
  const auto tried = [this](const FileFacts& second) {
    return refusal(
        to_anna("sendMediaGroup",
                {{"media", R"([{"type":"photo","media":"attach://one"},{"type":"photo","media":"attach://two"}])"}},
                {picture("one"), second}));
  };
  FileFacts words = picture("two");
  words.ladder.clear();
  EXPECT_EQ(tried(words),
            R"(400 Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED")");
  EXPECT_EQ(tried(picture("two", "b", 9'000, 2'000)),
            R"(400 Bad Request: failed to send message #2 with the error message "PHOTO_INVALID_DIMENSIONS")");
  FileFacts large = picture("two");
  large.size = 12'000'000;
  EXPECT_EQ(tried(large),
            "400 Bad Request: file of size 12000000 bytes is too big for a photo; the maximum size is 10485760 bytes");
  EXPECT_EQ(world.find_chat(bot, anna)->messages.size(), 1U);
}

TEST_F(TelegramAlbums, TakeFilesTheBotKnowsAndAnswerTheMessageTheyReplyTo) {
  const ApiAnswer first = to_anna("sendPhoto", {}, {picture("photo", "a")});
  const std::string known(first.result().at("photo").as_array().back().at("file_id").as_string());
  const ApiAnswer sent =
      to_anna("sendMediaGroup",
              {{"media", R"([{"type":"photo","media":")" + known + R"("},{"type":"photo","media":"attach://two"}])"},
               {"reply_parameters", R"({"message_id":)" + id_of(first) + "}"}},
              {picture("two", "b")});
  ASSERT_TRUE(sent.ok()) << sent.description();
  EXPECT_EQ(sent.result().at(0).at("photo"), first.result().at("photo"));
  for (const json::Value& message : sent.result().as_array()) {
    EXPECT_EQ(message.at("reply_to_message").at("message_id"), first.result().at("message_id"));
  }
}

TEST_F(TelegramAlbums, WeighAsManyMessagesAsTheyHaveUnderAFloodLimit) {
  WorldOptions strict = options();
  strict.strict_flood = true;
  World flooded(strict, [this] { return now; });
  const auto start = [&] { return flooded.act("send", {{"chat", anna}, {"start", ""}}); };
  ASSERT_TRUE(start());
  Call album;
  album.params.set("chat_id", std::to_string(anna));
  album.params.set("media", photos(6));
  album.files = {picture("one")};
  EXPECT_TRUE(flooded.call(options().demo_token, "sendMediaGroup", album).ok());
  const ApiAnswer next = flooded.call(options().demo_token, "sendMediaGroup", album);
  EXPECT_EQ(next.status, 429);
  EXPECT_EQ(next.retry_after, 2);
  now += 2'000;
  EXPECT_TRUE(flooded.call(options().demo_token, "sendMediaGroup", album).ok());
}

TEST_F(TelegramAlbums, OfAPersonAreAnUpdateEach) {
  const json::Array media{json::Object{{"type", "photo"}, {"caption", "us"}}, json::Object{{"type", "photo"}}};
  const SimOutcome sent = act("send", {{"media", media}}, {picture("media0", "a"), picture("media1", "b")});
  ASSERT_TRUE(sent) << sent.error().sentence;
  EXPECT_EQ(sent->at("messages").as_array().size(), 2U);
  const json::Array updates = world.poll(bot, 0);
  ASSERT_EQ(updates.size(), 2U);
  const json::Object& first = updates[0].at("message").as_object();
  const json::Object& second = updates[1].at("message").as_object();
  EXPECT_EQ(first.at("media_group_id"), second.at("media_group_id"));
  EXPECT_EQ(first.at("caption").as_string(), "us");
  EXPECT_FALSE(second.contains("caption"));
}

TEST_F(TelegramAlbums, OfAPersonMayReachTheBotInAnotherOrder) {
  json::Array media;
  std::vector<FileFacts> files;
  for (int i = 0; i < 8; ++i) {
    media.push_back(json::Object{{"type", "photo"}, {"caption", std::to_string(i)}});
    files.push_back(picture("media" + std::to_string(i)));
  }
  const auto heard = [&](const char* order) {
    json::Object body{{"media", media}};
    if (order != nullptr) {
      body["order"] = order;
    }
    const SimOutcome sent = act("send", std::move(body), files);
    std::string out;
    if (sent) {
      for (const json::Value& update : world.poll(bot, 0)) {
        out += std::string(update.at("message").at("caption").as_string());
      }
      std::int64_t last = 0;
      for (const json::Value& message : sent->at("messages").as_array()) {
        EXPECT_GT(message.at("message_id").as_int64(), last) << "in the chat they stand as they were sent";
        last = message.at("message_id").as_int64();
      }
    }
    drain();
    return out;
  };
  EXPECT_EQ(heard(nullptr), "01234567");
  std::string shuffled = heard("shuffled");
  EXPECT_NE(shuffled, "01234567");
  std::ranges::sort(shuffled);
  EXPECT_EQ(shuffled, "01234567") << "none is lost, none comes twice";
  EXPECT_EQ(heard("backwards"), "");
}

TEST_F(TelegramAlbums, OfAPersonHoldAtMostTenOfOneKind) {
  const auto code_of = [this](json::Array media, const std::vector<FileFacts>& files) {
    const SimOutcome outcome = act("send", {{"media", std::move(media)}}, files);
    return outcome ? std::string("sent") : std::string(outcome.error().code);
  };
  const json::Object photo{{"type", "photo"}};
  EXPECT_EQ(code_of(json::Array(11, photo), {}), "album.too_many");
  const json::Array mixed{photo, json::Object{{"type", "document"}}};
  EXPECT_EQ(code_of(mixed, {picture("media0"), picture("media1")}), "album.mixed");
  FileFacts text = picture("media0");
  text.ladder.clear();
  EXPECT_EQ(code_of({photo}, {text}), "photo.unreadable");
}

}  // namespace
}  // namespace aisha::sandbox::telegram
