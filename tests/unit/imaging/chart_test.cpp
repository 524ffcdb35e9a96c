// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <limits>

#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

namespace aisha::imaging {
namespace {

class Chart : public ImagerTest {
 protected:
  /// AISHA_LOOK_AT=FOLDER keeps it there.
  pictures::Decoded draw(ChartSpec spec, const std::string& name) {
    const auto jpeg = await(imager().chart(std::move(spec)));
    EXPECT_TRUE(jpeg);
    if (const char* folder = std::getenv("AISHA_LOOK_AT"); folder != nullptr && jpeg) {
      std::ofstream(std::string(folder) + "/" + name + ".jpg", std::ios::binary) << *jpeg;
    }
    return jpeg ? pictures::decode(*jpeg) : pictures::Decoded{};
  }
  static ChartSpec usual() {
    ChartSpec spec;
    spec.columns = {0, 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    spec.lit = 7;
    for (const std::int64_t n : {12, 9, 4, 2, 1}) {
      spec.bars.push_back({pictures::jpeg(256, 256), n});
    }
    return spec;
  }
};

/// How many pixels are as bright as a lit column.
int bright(const pictures::Decoded& chart) {
  int out = 0;
  for (std::size_t i = 0; i + 2 < chart.pixels.size(); i += 3) {
    const auto green = static_cast<unsigned char>(chart.pixels[i + 1]);
    const auto blue = static_cast<unsigned char>(chart.pixels[i + 2]);
    out += blue > 180 && green < 160 ? 1 : 0;
  }
  return out;
}

TEST_F(Chart, IsSquareWithColumnsAndBars) {
  const auto chart = draw(usual(), "usual");
  EXPECT_EQ(chart.width, 1080);
  EXPECT_EQ(chart.height, 1080);
  EXPECT_GT(bright(chart), 50'000);
}

TEST_F(Chart, OnePictureIsOneColumnAndOneBar) {
  ChartSpec spec;
  spec.columns.assign(12, 0);
  spec.columns.back() = 1;
  spec.lit = 7;
  spec.bars.push_back({pictures::jpeg(256, 256), 1});
  EXPECT_GT(bright(draw(spec, "one")), 10'000);
}

TEST_F(Chart, WithoutFiguresItIsAQuietOneAndNothingFails) {
  ChartSpec spec;
  spec.columns.assign(12, 0);
  spec.lit = 12;
  const auto chart = draw(spec, "empty");
  EXPECT_EQ(chart.width, 1080);
  EXPECT_LT(bright(chart), 100);
}

TEST_F(Chart, HugeAndImpossibleFiguresStayWithinIt) {
  ChartSpec spec = usual();
  spec.columns = {std::numeric_limits<std::int64_t>::max(), -5, 1, 123456, 99999, 0, 1, 2, 3, 4, 5, 1'000'000};
  spec.lit = 100;
  spec.bars[0].n = std::numeric_limits<std::int64_t>::max();
  spec.bars[1].n = 123'456;
  spec.bars[2].picture = "no picture";
  spec.bars[4].n = -1;
  EXPECT_EQ(draw(spec, "huge").width, 1080);
}

TEST_F(Chart, ThoseOutsideOfTheWindowStandBack) {
  ChartSpec spec = usual();
  spec.bars.clear();
  const int some = bright(draw(spec, "columns"));
  spec.lit = 12;
  EXPECT_GT(bright(draw(spec, "all")), some);
}

TEST_F(Chart, WhatIsNoneIsRefused) {
  EXPECT_EQ(await(imager().chart({})).error().code, Errc::option_out_of_range);
  ChartSpec wide = usual();
  wide.columns.resize(32);
  EXPECT_EQ(await(imager().chart(wide)).error().code, Errc::option_out_of_range);
  ChartSpec tall = usual();
  tall.bars.resize(6);
  EXPECT_EQ(await(imager().chart(tall)).error().code, Errc::option_out_of_range);
}

}  // namespace
}  // namespace aisha::imaging
