// SPDX-License-Identifier: Apache-2.0
#include "services/preparing/wants.hpp"

#include <gmock/gmock.h>

#include "services/preparing/materials.hpp"

namespace aisha::services {
namespace {

using ::testing::SizeIs;

json::Object object_of(std::string_view text) {
  return json::parse(text).value().as_object();
}

Materials three() {
  Materials out;
  out.photos = {{"a.jpg", "image/jpeg", {100, 200}}, {"b.jpg", "image/jpeg", {300, 400}}};
  out.source = {"s.png", "image/png", {500, 600}};
  return out;
}

TEST(Wants, AreReadAsTheyWereWritten) {
  Wants wants;
  wants.files.push_back({"/image_urls/0", "avatars/a/b.jpg", "image/jpeg"});
  wants.words = "translate";
  const auto read = read_wants(write_wants(wants)).value();
  ASSERT_THAT(read.files, SizeIs(1));
  EXPECT_EQ(read.files[0].at, "/image_urls/0");
  EXPECT_EQ(read.files[0].key, "avatars/a/b.jpg");
  EXPECT_EQ(read.files[0].type, "image/jpeg");
  EXPECT_EQ(read.words, "translate");
}

TEST(Wants, NothingIsAnEmptyTextAndNonsenseIsRefused) {
  EXPECT_EQ(write_wants({}), "");
  EXPECT_TRUE(read_wants("").value().empty());
  EXPECT_EQ(read_wants("[1]").error().code, Errc::update_malformed);
}

TEST(Materials, ASourceStandsInFrontOfThePhotosWhereTheModelHasOneList) {
  const auto sent = sent_with(object_of(R"({"image_urls":["file:2","file:0","file:1"],"prompt":"file"})"), three());
  ASSERT_THAT(sent.files, SizeIs(3));
  EXPECT_EQ(sent.files[0].at, "/image_urls/1");
  EXPECT_EQ(sent.files[0].key, "a.jpg");
  EXPECT_EQ(sent.files[2].at, "/image_urls/0");
  EXPECT_EQ(sent.files[2].type, "image/png");
}

TEST(Materials, WhatTheModelDoesNotTakeIsNeitherSentNorPaidFor) {
  const auto sent = sent_with(object_of(R"({"image_url":"file:2"})"), three());
  ASSERT_THAT(sent.files, SizeIs(1));
  EXPECT_EQ(sent.files[0].at, "/image_url");
  ASSERT_THAT(sent.sizes, SizeIs(1));
  EXPECT_EQ(sent.sizes[0].width, 500);
}

}  // namespace
}  // namespace aisha::services
