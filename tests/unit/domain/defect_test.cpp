// SPDX-License-Identifier: Apache-2.0
#include "domain/defect.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace aisha::domain {
namespace {

PictureLooks fine(std::int64_t width, std::int64_t height) {
  return {width, height, 50, 220, 400};
}

TEST(DefectRules, AFinePictureOfTheRightSidesHasNone) {
  const PictureWanted wanted{.ratio = 0.75, .pixels = 1536LL * 2048, .portrait = true};
  EXPECT_EQ(defect_of(fine(1536, 2048), wanted), std::nullopt);
  EXPECT_EQ(defect_of(fine(1, 1), {}), std::nullopt) << "what is not known is not judged";
}

TEST(DefectRules, EachLimitHasTwoSides) {
  PictureLooks looks = fine(100, 100);
  looks.deviation = 3.9;
  EXPECT_EQ(defect_of(looks, {}), Defect::blank);
  looks.deviation = 4;
  EXPECT_EQ(defect_of(looks, {}), std::nullopt);
  looks.highlight = 23.9;
  EXPECT_EQ(defect_of(looks, {}), Defect::black);
  looks.highlight = 24;
  looks.sharpness = 7.9;
  EXPECT_EQ(defect_of(looks, {}), std::nullopt);
  EXPECT_EQ(defect_of(looks, {.ratio = 0, .pixels = 0, .portrait = true}), Defect::blurred_out);
  looks.sharpness = 8;
  EXPECT_EQ(defect_of(looks, {.ratio = 0, .pixels = 0, .portrait = true}), std::nullopt);
}

TEST(DefectRules, Row159SidesMayBeRoundedButNotSwapped) {
  for (const auto& [width, height] : {std::pair(1776, 2352), std::pair(1056, 1408), std::pair(864, 1184)}) {
    EXPECT_EQ(defect_of(fine(width, height), {.ratio = ratio_of("3:4")}), std::nullopt) << width;
    EXPECT_EQ(defect_of(fine(height, width), {.ratio = ratio_of("3:4")}), Defect::wrong_ratio) << width;
  }
  EXPECT_EQ(defect_of(fine(3136, 1328), {.ratio = ratio_of("21:9")}), std::nullopt);
  EXPECT_EQ(defect_of(fine(1051, 1000), {.ratio = 1}), std::nullopt);
  EXPECT_EQ(defect_of(fine(1052, 1000), {.ratio = 1}), Defect::wrong_ratio);
}

TEST(DefectRules, Row159LessThanThreeFifthsOfThePixelsIsTooSmall) {
  EXPECT_EQ(defect_of(fine(600, 1000), {.pixels = 1'000'000}), std::nullopt);
  EXPECT_EQ(defect_of(fine(599, 1000), {.pixels = 1'000'000}), Defect::too_small);
  EXPECT_EQ(defect_of(fine(4000, 4000), {.pixels = 1'000'000}), std::nullopt) << "more is no harm";
}

TEST(DefectRules, ARatioIsTwoWholeNumbers) {
  EXPECT_EQ(ratio_of("3:4"), 0.75);
  EXPECT_EQ(ratio_of("21:9"), 21.0 / 9);
  for (const char* odd : {"", "3", "3:", ":4", "3:0", "0:4", "-3:4", "3:4 ", "3/4", "auto"}) {
    EXPECT_EQ(ratio_of(odd), 0) << odd;
  }
}

TEST(DefectRules, EveryWordReadsBack) {
  for (const Defect defect : usual_defects()) {
    EXPECT_EQ(defect_from(text_of(defect)), defect);
  }
  EXPECT_EQ(defect_from("flagged"), Defect::flagged);
  EXPECT_EQ(defect_from("ugly"), std::nullopt);
  EXPECT_EQ(std::ranges::count(usual_defects(), Defect::flagged), 0) << "it would mostly be refused again";
}

}  // namespace
}  // namespace aisha::domain
