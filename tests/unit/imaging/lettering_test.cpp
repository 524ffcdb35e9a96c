// SPDX-License-Identifier: Apache-2.0
#include "imaging/lettering.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace aisha::imaging {
namespace {

int inked(const Ink& ink) {
  return static_cast<int>(std::ranges::count_if(ink.cover, [](std::uint8_t cover) { return cover > 128; }));
}

TEST(Lettering, DrawsLatinAndCyrillicLettersOnALineOfTheAskedHeight) {
  for (const char* text : {"Business", "Деловой", "Ёлка №5 — 3:4"}) {
    const Ink ink = letter(text, 52, 1000);
    EXPECT_EQ(ink.height, 52) << text;
    EXPECT_GT(ink.width, 90) << text;
    EXPECT_EQ(ink.cover.size(), static_cast<std::size_t>(ink.width * ink.height)) << text;
    EXPECT_GT(inked(ink), 400) << text;
  }
}

TEST(Lettering, ShrinksALongLineAndThenCutsIt) {
  const int natural = letter("Художественный", 52, 1000).width;
  const Ink shrunk = letter("Художественный", 52, natural * 3 / 4);
  EXPECT_LE(shrunk.width, natural * 3 / 4);
  EXPECT_GT(shrunk.width, natural * 3 / 4 - 4) << "it is as large as fits";
  const Ink cut = letter("Художественный", 52, natural / 3);
  EXPECT_LE(cut.width, natural / 3);
  EXPECT_LT(inked(cut), inked(shrunk));
}

TEST(Lettering, LeavesOutWhatItHasNoLetterFor) {
  EXPECT_EQ(letter("🎨 Art", 40, 500).width, letter(" Art", 40, 500).width);
  EXPECT_EQ(letter("🎨", 40, 500).width, 0);
  EXPECT_EQ(letter("\xff\xfe", 40, 500).width, 0);
  EXPECT_EQ(letter("", 40, 500).width, 0);
}

}  // namespace
}  // namespace aisha::imaging
