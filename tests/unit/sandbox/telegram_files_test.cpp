// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sandbox/telegram/photos.hpp"
#include "tests/unit/sandbox/telegram_town.hpp"

namespace aisha::sandbox::telegram {
namespace {

using TelegramFiles = Town;

TEST_F(TelegramFiles, AnswerWithAnAscendingLadderWhoseIdsSendTheSamePhotoAgain) {
  const ApiAnswer first = to_anna("sendPhoto", {{"photo", "attach://up"}}, {picture("up")});
  ASSERT_TRUE(first.ok()) << first.description();
  const json::Array& sizes = first.result().at("photo").as_array();
  EXPECT_EQ(sizes.back().at("height").as_int64(), 2048);
  EXPECT_LT(sizes.front().at("file_size").as_int64(), sizes.back().at("file_size").as_int64());
  const std::string id(sizes.front().at("file_id").as_string());
  const ApiAnswer again = to_anna("sendPhoto", {{"photo", id}});
  ASSERT_TRUE(again.ok()) << again.description();
  EXPECT_EQ(again.result().at("photo"), first.result().at("photo"));
}

TEST_F(TelegramFiles, HaveOneType) {
  const ApiAnswer document = to_anna("sendDocument", {}, {picture("document")});
  ASSERT_TRUE(document.ok()) << document.description();
  const std::string id(document.result().at("document").at("file_id").as_string());
  EXPECT_EQ(refusal(to_anna("sendPhoto", {{"photo", id}})),
            "400 Bad Request: can't use file of type Document as Photo");
  const ApiAnswer photo = to_anna("sendPhoto", {}, {picture("photo")});
  const std::string photo_id(photo.result().at("photo").at(0).at("file_id").as_string());
  EXPECT_EQ(refusal(to_anna("sendDocument", {{"document", photo_id}})),
            "400 Bad Request: can't use file of type Photo as Document");
}

TEST_F(TelegramFiles, BelongToOneBot) {
  const auto other = world.act("bot", {{"token", "55:other"}});
  ASSERT_TRUE(other);
  const ApiAnswer photo = to_anna("sendPhoto", {}, {picture("photo")});
  world.act("send", {{"chat", anna}, {"bot", 55}, {"text", "hi"}});
  Call call;
  call.params.set("chat_id", std::to_string(anna));
  call.params.set("photo", std::string(photo.result().at("photo").at(0).at("file_id").as_string()));
  EXPECT_TRUE(world.call("55:other", "sendPhoto", call).description().starts_with("Bad Request: wrong remote file"));
}

TEST_F(TelegramFiles, AreRefusedInTelegramsWords) {
  EXPECT_EQ(refusal(to_anna("sendPhoto", {})), "400 Bad Request: there is no photo in the request");
  EXPECT_EQ(refusal(to_anna("sendPhoto", {{"photo", "https://a.b/c.jpg"}})),
            "400 Bad Request: failed to get HTTP URL content");
  EXPECT_EQ(refusal(to_anna("sendPhoto", {{"photo", "short"}})),
            "400 Bad Request: wrong file identifier/HTTP URL specified");
  EXPECT_EQ(refusal(to_anna("sendPhoto", {{"photo", "AgACAgIAnobodyhasthis"}})),
            "400 Bad Request: wrong remote file identifier specified: Wrong padding length");
  FileFacts big = picture("photo");
  big.size = 12'000'000;
  EXPECT_EQ(refusal(to_anna("sendPhoto", {}, {big})),
            "400 Bad Request: file of size 12000000 bytes is too big for a photo; the maximum size is 10485760 bytes");
  FileFacts text = picture("photo");
  text.ladder.clear();
  EXPECT_EQ(refusal(to_anna("sendPhoto", {}, {text})), "400 Bad Request: IMAGE_PROCESS_FAILED");
  EXPECT_EQ(refusal(to_anna("sendPhoto", {}, {picture("photo", "a", 100, 2048)})),
            "400 Bad Request: PHOTO_INVALID_DIMENSIONS");
  FileFacts empty = picture("photo");
  empty.size = 0;
  EXPECT_EQ(refusal(to_anna("sendPhoto", {}, {empty})), "400 Bad Request: file must be non-empty");
}

TEST_F(TelegramFiles, CanBeFetchedByPathUpToTwentyMegabytes) {
  FileFacts file = picture("document");
  const ApiAnswer sent = to_anna("sendDocument", {}, {file});
  const std::string id(sent.result().at("document").at("file_id").as_string());
  const ApiAnswer found = call("getFile", {{"file_id", id}});
  const StoredFile* stored = world.find_file(bot, std::string(found.result().at("file_path").as_string()));
  ASSERT_NE(stored, nullptr);
  EXPECT_EQ(stored->sha256, file.sha256);
  EXPECT_EQ(refusal(call("getFile", {{"file_id", "a b"}})), "400 Bad Request: invalid file_id");
  file.size = 21'000'000;
  const ApiAnswer large = to_anna("sendDocument", {}, {file});
  EXPECT_EQ(
      refusal(call("getFile", {{"file_id", std::string(large.result().at("document").at("file_id").as_string())}})),
      "400 Bad Request: file is too big");
}

/// A plain PPM, which needs no encoder to write.
std::string plain_picture(int width, int height) {
  std::string out = "P6\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n";
  for (int i = 0; i < width * height; ++i) {
    out += static_cast<char>(i % 251);
    out += static_cast<char>(i % 199);
    out += '\x40';
  }
  return out;
}

TEST(TelegramPhotos, AreRecompressedInSizesUpToTheirOwn) {
  const auto photo = make_photo(plain_picture(600, 400));
  ASSERT_TRUE(photo);
  std::vector<int> widths;
  std::ranges::transform(photo->ladder, std::back_inserter(widths), &PhotoStep::width);
  EXPECT_EQ(widths, (std::vector{90, 320, 600}));
  EXPECT_TRUE(photo->ladder.back().jpeg.starts_with("\xff\xd8\xff"));
}

TEST(TelegramPhotos, AreNothingWhenTheyDoNotDecode) {
  EXPECT_FALSE(make_photo("not a picture"));
  EXPECT_FALSE(make_photo(""));
}

}  // namespace
}  // namespace aisha::sandbox::telegram
