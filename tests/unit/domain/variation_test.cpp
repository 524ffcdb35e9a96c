// SPDX-License-Identifier: Apache-2.0
#include "domain/variation.hpp"

#include <gtest/gtest.h>

namespace aisha::domain {
namespace {

TEST(Variation, EachHasAWordThatIsReadBack) {
  for (const Variation one : {Variation::again, Variation::batch, Variation::format, Variation::quality,
                              Variation::likeness, Variation::picture, Variation::words, Variation::late}) {
    EXPECT_EQ(variation_from(text_of(one)), one);
  }
  EXPECT_EQ(variation_from(""), std::nullopt);
  EXPECT_EQ(variation_from("of a newer release"), std::nullopt);
}

TEST(Variation, LikenessMovesTheStrengthOfALoraBetween055And145) {
  EXPECT_DOUBLE_EQ(strength_at(1.0, 0, false), 1.0);
  EXPECT_DOUBLE_EQ(strength_at(1.0, 1, false), 1.15);
  EXPECT_DOUBLE_EQ(strength_at(1.0, kMostLikeness, false), 1.45);
  EXPECT_DOUBLE_EQ(strength_at(1.0, -kMostLikeness, false), 0.55);
}

TEST(Variation, LikenessMovesTheStrengthOfAFinetuneBetween05And17) {
  EXPECT_DOUBLE_EQ(strength_at(1.1, kMostLikeness, true), 1.7);
  EXPECT_DOUBLE_EQ(strength_at(1.1, -1, true), 0.9);
  EXPECT_DOUBLE_EQ(strength_at(1.1, -kMostLikeness, true), 0.5);
}

}  // namespace
}  // namespace aisha::domain
