// SPDX-License-Identifier: Apache-2.0
// What a good picture measures and what a failed one does, against the rules people's pictures are judged by.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/rng.hpp"
#include "domain/defect.hpp"
#include "imaging/imager_wire.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

namespace aisha::imaging {
namespace {

using domain::Defect;
using worker::Raster;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Sums of independent draws are close to a bell: sigma is right, the tails are short.
double noise(SeededRng& rng, double sigma) {
  double sum = 0;
  for (int i = 0; i < 12; ++i) {
    sum += static_cast<double>(rng.below(10'001)) / 10'000;
  }
  return (sum - 6) * sigma;
}

Raster noisy(int side, double level, double sigma) {
  SeededRng rng(5);
  Raster out(side, side, {});
  for (std::uint8_t& value : out.rgb) {
    value = static_cast<std::uint8_t>(std::clamp(level + noise(rng, sigma), 0.0, 255.0));
  }
  return out;
}

/// Three passes of a box come close to a Gauss blur.
Raster blurred(Raster raster, int radius) {
  for (int pass = 0; pass < 6; ++pass) {
    const Raster from = raster;
    const int across = pass % 2;
    for (int y = 0; y < raster.height; ++y) {
      for (int x = 0; x < raster.width; ++x) {
        int sum[3] = {};
        for (int d = -radius; d <= radius; ++d) {
          const std::uint8_t* at = from.at(std::clamp(x + (across != 0 ? d : 0), 0, from.width - 1),
                                           std::clamp(y + (across != 0 ? 0 : d), 0, from.height - 1));
          for (int c = 0; c < 3; ++c) {
            sum[c] += at[c];
          }
        }
        for (int c = 0; c < 3; ++c) {
          raster.at(x, y)[c] = static_cast<std::uint8_t>(sum[c] / (2 * radius + 1));
        }
      }
    }
  }
  return raster;
}

class LooksTest : public ImagerTest {
 protected:
  std::optional<Defect> judge(std::string picture, const domain::PictureWanted& wanted = {}) {
    const auto seen = inspect(std::move(picture));
    if (!seen) {
      ADD_FAILURE() << code_of(seen.error().code);
      return std::nullopt;
    }
    looks_ = seen->looks;
    return domain::defect_of(
        {seen->width, seen->height, seen->looks.deviation, seen->looks.highlight, seen->looks.sharpness}, wanted);
  }

  const std::filesystem::path data_{aisha::fakes::source_dir() + "/data"};
  Looks looks_;
};

TEST_F(LooksTest, EveryShippedPreviewAndDemoPhotoIsFine) {
  int judged = 0;
  Looks least{1e9, 1e9, 1e9};
  for (const char* folder : {"previews", "demo"}) {
    for (const auto& entry : std::filesystem::directory_iterator(data_ / folder)) {
      const std::string name = entry.path().filename().string();
      const bool is_picture = name.ends_with(".jpg") || (name.ends_with(".png") && !name.contains(".mask."));
      if (!is_picture) {
        continue;
      }
      const bool portrait = name.contains(".portrait.") || name.starts_with("astronaut");
      EXPECT_EQ(judge(read(entry.path()), {.ratio = 0, .pixels = 0, .portrait = portrait}), std::nullopt) << name;
      ++judged;
      least.deviation = std::min(least.deviation, looks_.deviation);
      least.highlight = std::min(least.highlight, looks_.highlight);
      least.sharpness = portrait ? std::min(least.sharpness, looks_.sharpness) : least.sharpness;
    }
  }
  EXPECT_GT(judged, 60);
  // Far from the limits, so that none of them is fine by chance.
  EXPECT_GT(least.deviation, 16);
  EXPECT_GT(least.highlight, 90);
  EXPECT_GT(least.sharpness, 100);
}

TEST_F(LooksTest, Row158OneColourIsBlankAndSoIsNoiseOverIt) {
  EXPECT_EQ(judge(pictures::flat_jpeg(600, 400, 0)), Defect::blank);
  EXPECT_EQ(judge(pictures::flat_jpeg(600, 400, 137)), Defect::blank);
  EXPECT_EQ(judge(worker::encode_jpeg(noisy(512, 137, 5), 90)), Defect::blank);
  EXPECT_EQ(judge(pictures::jpeg(600, 400)), std::nullopt);
}

TEST_F(LooksTest, Row158WhatIsNotLitIsBlack) {
  Raster night(400, 400, {});
  for (int y = 0; y < night.height; ++y) {
    std::fill_n(night.at(0, y), 3 * night.width, static_cast<std::uint8_t>(20 * y / night.height));
  }
  EXPECT_EQ(judge(worker::encode_jpeg(night, 90)), Defect::black);
  night.at(200, 200)[0] = 255;
  EXPECT_EQ(judge(worker::encode_jpeg(night, 90)), Defect::black) << "a hot pixel";
}

TEST_F(LooksTest, Row158APortraitWithoutAnEdgeIsBlurredOutAndAFoggyFieldIsNot) {
  const auto sharp = worker::decode(read(data_ / "demo" / "astronaut.png"), 512, 512, worker::Fit::cover);
  ASSERT_TRUE(sharp);
  const std::string smooth = worker::encode_jpeg(blurred(*sharp, 8), 92);
  EXPECT_EQ(judge(smooth, {.ratio = 0, .pixels = 0, .portrait = true}), Defect::blurred_out);
  EXPECT_EQ(judge(smooth), std::nullopt);
}

TEST_F(LooksTest, TheMeasuresComeThroughTheWireAsTheyAre) {
  wire::Answer answer;
  answer.inspection.looks = {24.75, 178.5, 155.0625};
  const auto read_back = wire::decode_answer(wire::encode(answer));
  ASSERT_TRUE(read_back);
  EXPECT_EQ(read_back->inspection.looks.deviation, 24.75);
  EXPECT_EQ(read_back->inspection.looks.highlight, 178.5);
  EXPECT_EQ(read_back->inspection.looks.sharpness, 155.0625);
}

}  // namespace
}  // namespace aisha::imaging
