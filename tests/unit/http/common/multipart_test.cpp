// SPDX-License-Identifier: Apache-2.0
#include "http/common/multipart.hpp"

#include <gtest/gtest.h>

namespace aisha::http {
namespace {

TEST(Multipart, WritesTheBytesOfTheStandard) {
  const auto made = wrap_multipart({{"chat_id", "", "", "42"}}, {"f0", "a.jpg", "image/jpeg", ""}, "bound");
  EXPECT_EQ(made.content_type, "multipart/form-data; boundary=bound");
  EXPECT_EQ(made.head + "JPEG" + made.tail,
            "--bound\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n42\r\n"
            "--bound\r\nContent-Disposition: form-data; name=\"f0\"; filename=\"a.jpg\"\r\n"
            "Content-Type: image/jpeg\r\n\r\nJPEG\r\n--bound--\r\n");
}

TEST(Multipart, RoundTripsAnyBytes) {
  std::string bytes;
  for (int i = 0; i < 1024; ++i) {
    bytes += static_cast<char>(i);
  }
  const std::vector<Part> parts = {{"a", "", "", ""},
                                   {"quo\"te", "line\r\nbreak.png", "image/png", bytes},
                                   {"кириллица", "", "", "\r\n--bound"},
                                   {"last", "x", "", "\r\n\r\n"}};
  const std::vector<Part> before(parts.begin(), parts.end() - 1);
  const auto made = wrap_multipart(before, parts.back(), "bound-ary");
  const auto read = read_multipart(made.content_type, made.head + parts.back().body + made.tail);
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->size(), parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_EQ((*read)[i].name, parts[i].name);
    EXPECT_EQ((*read)[i].filename, parts[i].filename);
    EXPECT_EQ((*read)[i].content_type, parts[i].content_type);
    EXPECT_EQ((*read)[i].body, parts[i].body);
  }
}

TEST(Multipart, AcceptsPreambleQuotedBoundaryAndOddCase) {
  const auto read =
      read_multipart("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b\"",
                     "preamble\r\n--a b \t\r\ncontent-disposition: Form-Data; NAME=plain\r\n\r\nv\r\n--a b--");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().name, "plain");
  EXPECT_EQ(read->front().body, "v");
}

TEST(Multipart, RefusesWhatDoesNotFollowItsBoundary) {
  const std::string type = "multipart/form-data; boundary=b";
  for (const char* body :
       {"", "--", "--c\r\n", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"x\"",
        "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nno end", "--b\r\n\r\nno headers\r\n--b--",
        "--b\r\nno colon\r\n\r\nv\r\n--b--", "--b\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"open\r\n\r\nv\r\n--b--",
        "--bx\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nv\r\n--b--"}) {
    const auto read = read_multipart(type, body);
    ASSERT_FALSE(read) << body;
    EXPECT_EQ(read.error().code, Errc::http_bad_request);
  }
  EXPECT_FALSE(read_multipart("multipart/form-data", "--b--"));
  EXPECT_FALSE(read_multipart("multipart/form-data; boundary=", "----"));
  EXPECT_FALSE(read_multipart("text/plain; boundary=b", "--b--"));
  EXPECT_FALSE(read_multipart("multipart/form-data; boundary=" + std::string(71, 'b'), "--b--"));
}

TEST(Multipart, AnEmptyFormHasNoParts) {
  EXPECT_EQ(read_multipart("multipart/form-data; boundary=b", "--b--\r\n").value().size(), 0U);
}

}  // namespace
}  // namespace aisha::http
