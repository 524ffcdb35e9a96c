// SPDX-License-Identifier: Apache-2.0
#include "domain/name_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace aisha::domain {
namespace {

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out += piece;
  }
  return out;
}

TEST(NameText, IsKeptAsTypedWithoutWhatSurroundsIt) {
  EXPECT_EQ(check_name("  Лето у моря \n").value(), "Лето у моря");
  EXPECT_EQ(check_name("\u200bкот\u2060").value(), "кот");
  EXPECT_EQ(check_name("<b>{n}%s</b>").value(), "<b>{n}%s</b>");
  EXPECT_EQ(check_name(repeat("я", 100)).value(), repeat("я", 100));
}

TEST(NameText, Row101AnEmojiAloneIsAName) {
  EXPECT_EQ(check_name("🎨").value(), "🎨");
  EXPECT_EQ(check_name("❤️").value(), "❤️") << "with its selector";
  EXPECT_EQ(check_name(" 👩‍🎨 ").value(), "👩‍🎨");
}

TEST(NameText, Row101WhatIsNoLineOfUpToAHundredSignsIsRefused) {
  for (const std::string& bad :
       {std::string(), std::string(" \n\t"), std::string("\u200b\u200d\ufe0f"), repeat("я", 101),
        std::string("раз\nдва"), std::string("раз\rдва"), std::string("раз\u2028два"), std::string("a\tb"),
        std::string("\u202eтаблица"), std::string("a\u200fb"), std::string("a\u2066b"), std::string("a\0b", 3),
        std::string("\x7f"), std::string("\xff\xfe"), repeat("я", 10'000)}) {
    const auto name = check_name(bad);
    ASSERT_FALSE(name) << bad;
    EXPECT_EQ(name.error().code, Errc::name_bad);
  }
}

}  // namespace
}  // namespace aisha::domain
