// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "base/encoding.hpp"
#include "imaging/thumbhash.hpp"
#include "imaging/worker/pixels/codec.hpp"
#include "tests/unit/imaging/fixture.hpp"
#include "tests/unit/imaging/pictures.hpp"

namespace aisha::imaging {
namespace {

class ContactSheet : public ImagerTest {
 protected:
  pictures::Decoded draw(SheetSpec spec) {
    const auto jpeg = await(imager().contact_sheet(std::move(spec)));
    EXPECT_TRUE(jpeg);
    if (const char* folder = std::getenv("AISHA_LOOK_AT"); folder != nullptr && jpeg) {
      std::ofstream(std::string(folder) + "/sheet.jpg", std::ios::binary) << *jpeg;
    }
    return jpeg ? pictures::decode(*jpeg) : pictures::Decoded{};
  }
  static SheetSpec cells(int count) {
    SheetSpec out;
    for (int i = 1; i <= count; ++i) {
      SheetCell cell;
      cell.picture = pictures::jpeg(400, 500);
      cell.badge = std::to_string(i);
      out.cells.push_back(std::move(cell));
    }
    return out;
  }
};

TEST_F(ContactSheet, NineCellsAre1080Square) {
  SheetSpec spec = cells(9);
  spec.cells[2].locked = true;
  spec.cells[4].popular = true;
  spec.cells[5].locked = true;
  spec.cells[5].popular = true;
  spec.cells[7].picture.clear();
  const auto sheet = draw(spec);
  EXPECT_EQ(sheet.width, 1080);
  EXPECT_EQ(sheet.height, 1080);
}

TEST_F(ContactSheet, NineOfOnesOwnAreDrawnFromTheirSmallPictures) {
  SheetSpec spec = cells(9);
  spec.cell_width = 300;
  spec.cell_height = 212;
  for (SheetCell& cell : spec.cells) {
    cell.picture = pictures::webp(256, 341);
  }
  draw(spec);  // the child has started
  const auto begin = std::chrono::steady_clock::now();
  const auto sheet = draw(spec);
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(sheet.width, 912);
  EXPECT_EQ(sheet.height, 3 * 212 + 2 * 6);
  RecordProperty("ms", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

TEST_F(ContactSheet, AStripStandsAboveTheCells) {
  SheetSpec spec = cells(6);
  spec.strip = pictures::jpeg(300, 300);
  const auto sheet = draw(spec);
  EXPECT_EQ(sheet.width, 1080);
  EXPECT_EQ(sheet.height, 208 + 6 + 2 * 356 + 6);
}

TEST_F(ContactSheet, ABadgeADiscAndALockChangeTheirCornersOnly) {
  SheetSpec plain = cells(1);
  plain.columns = 1;
  plain.cells[0].badge.clear();
  SheetSpec marked = plain;
  marked.cells[0].badge = "7";
  marked.cells[0].locked = true;
  const auto without = draw(plain);
  const auto with = draw(marked);
  EXPECT_LT(with.at(20, 42).b, without.at(20, 42).b) << "the disc darkens the left corner";
  EXPECT_GT(with.at(314, 55).r, 200) << "the lock is golden";
  const auto before = without.at(178, 250);
  const auto after = with.at(178, 250);
  EXPECT_NEAR(before.r, after.r, 3);
  EXPECT_NEAR(before.b, after.b, 3);
}

TEST_F(ContactSheet, RowsOfFewerHaveLargerCellsAndLeaveNoGroundBare) {
  SheetSpec spec = cells(7);
  spec.rows = {4, 3};
  const auto sheet = draw(spec);
  EXPECT_EQ(sheet.width, 1080);
  EXPECT_EQ(sheet.height, 265 + 6 + 356);
  const auto ground = sheet.at(1, 1);  // outside of a round corner
  for (const int x : {60, 1020}) {
    EXPECT_GT(std::abs(sheet.at(x, 500).r - ground.r) + std::abs(sheet.at(x, 500).b - ground.b), 30) << x;
  }
  spec.rows = {4, 4};
  EXPECT_FALSE(await(imager().contact_sheet(spec))) << "rows of eight for seven cells";
}

TEST_F(ContactSheet, ANameAndADearPriceAreDrawnIntoTheirCell) {
  SheetSpec plain = cells(2);
  plain.columns = 2;
  SheetSpec named = plain;
  named.cells[1].label = "Художественный";
  named.cells[1].price = "8";
  const auto without = draw(plain);
  const auto with = draw(named);
  const auto whites = [](const pictures::Decoded& sheet, int left, int top, int right, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; ++y) {
      for (int x = left; x < right; ++x) {
        count += sheet.at(x, y).r > 235 && sheet.at(x, y).g > 235 && sheet.at(x, y).b > 235 ? 1 : 0;
      }
    }
    return count;
  };
  EXPECT_GT(whites(with, 362, 290, 718, 356), whites(without, 362, 290, 718, 356) + 800) << "the letters";
  EXPECT_GT(whites(with, 600, 10, 718, 74), whites(without, 600, 10, 718, 74) + 100) << "the digit";
  EXPECT_EQ(whites(with, 0, 290, 356, 356), whites(without, 0, 290, 356, 356)) << "its neighbour has no name";
}

TEST_F(ContactSheet, ASheetThatWaitsIsGreyUnderItsWords) {
  SheetSpec spec = cells(1);
  spec.columns = 1;
  spec.waiting = "Рисую…";
  const auto sheet = draw(spec);
  const auto corner = sheet.at(178, 40);
  EXPECT_LT(std::abs(corner.r - corner.b), 30) << "no colour is left";
  EXPECT_LT(corner.r, 130);
  int letters = 0;
  for (int x = 20; x < 336; ++x) {
    letters += sheet.at(x, 178).r > 200 ? 1 : 0;
  }
  EXPECT_GT(letters, 10);
}

TEST_F(ContactSheet, ABadPictureBecomesAPlaceholder) {
  SheetSpec spec = cells(3);
  spec.cells[1].picture = "not a picture";
  EXPECT_EQ(draw(spec).height, 356);
}

TEST_F(ContactSheet, NoCellsAreRefused) {
  const auto sheet = await(imager().contact_sheet({}));
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().code, Errc::option_out_of_range);
}

TEST_F(ContactSheet, ThumbnailsHaveAShortSideOf256AndSmallPicturesAreNotBlownUp) {
  const auto big = inspect(pictures::jpeg(1200, 900));
  const auto thumbnail = pictures::decode(big->thumbnail_webp);
  EXPECT_EQ(thumbnail.height, 256);
  EXPECT_EQ(thumbnail.width, 341);
  EXPECT_EQ(pictures::decode(inspect(pictures::jpeg(100, 80))->thumbnail_webp).width, 100);
}

TEST_F(ContactSheet, ResizeFitsInsideOrCropsToExactlyTheBox) {
  const std::string picture = pictures::jpeg(1000, 500);
  EXPECT_EQ(pictures::decode(*await(imager().resize(picture, {.width = 300, .height = 300, .crop = false}))).height,
            150);
  const auto cropped = pictures::decode(*await(imager().resize(picture, {.width = 300, .height = 300, .crop = true})));
  EXPECT_EQ(cropped.width, 300);
  EXPECT_EQ(cropped.height, 300);
}

TEST(Bust, OfATallPictureTheEyesStayAndNotWhatIsBright) {
  worker::Raster portrait;
  portrait.width = 400, portrait.height = 800;
  portrait.rgb.assign(400UL * 800 * 3, 90);
  for (int y = 560; y < 760; ++y) {  // a shirt in the sun
    for (int x = 80; x < 320; ++x) {
      const std::size_t at = (static_cast<std::size_t>(y) * 400 + static_cast<std::size_t>(x)) * 3;
      portrait.rgb[at] = 250, portrait.rgb[at + 1] = x % 8 < 4 ? 180 : 120, portrait.rgb[at + 2] = 120;
    }
  }
  for (int y = 280; y < 296; ++y) {  // the eyes
    for (int x = 150; x < 250; ++x) {
      portrait.rgb[(static_cast<std::size_t>(y) * 400 + static_cast<std::size_t>(x)) * 3 + 1] = 255;
    }
  }
  const std::string jpeg = worker::encode_jpeg(portrait, 95);
  const auto middle = [&jpeg](worker::Fit fit) {
    const auto shown = worker::decode(jpeg, 200, 110, fit).value();
    EXPECT_EQ(shown.width, 200);
    EXPECT_EQ(shown.height, 110);
    return shown.rgb[(55UL * 200 + 100) * 3 + 1];
  };
  EXPECT_GT(middle(worker::Fit::bust), 200);
  EXPECT_LT(middle(worker::Fit::cover), 200) << "which is why the sheet does not ask what is interesting";
  const auto wide = worker::decode(pictures::jpeg(800, 300), 100, 100, worker::Fit::bust).value();
  EXPECT_EQ(wide.width, 100);
  EXPECT_EQ(wide.height, 100);
}

TEST_F(ContactSheet, ResizeKeepsWithinTheBytesByItsQuality) {
  const std::string picture = pictures::jpeg(2000, 2000);
  const auto size_of = [&](std::size_t most) {
    return await(imager().resize(picture, {.width = 512, .height = 512, .crop = true, .most_bytes = most}));
  };
  const std::size_t best = size_of(0)->size();
  const auto smaller = size_of(best - 1);
  ASSERT_TRUE(smaller) << smaller.error().detail;
  EXPECT_LT(smaller->size(), best);
  EXPECT_EQ(pictures::decode(*smaller).width, 512);
  EXPECT_EQ(size_of(100).error().code, Errc::image_too_many_bytes);
}

template <class Paint>
std::string hash_hex(int width, int height, Paint paint) {
  std::vector<std::uint8_t> rgba;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (const int value : paint(x, y)) {
        rgba.push_back(static_cast<std::uint8_t>(value % 256));
      }
    }
  }
  return encoding::hex(thumbhash(rgba, width, height));
}

/// Expected bytes: the format's own JavaScript reference (npm thumbhash 0.1.1) over the same pixels.
TEST(ThumbHash, EqualsTheReferenceForLandscapePortraitTransparentAndWide) {
  using Pixel = std::array<int, 4>;
  EXPECT_EQ(hash_hex(40, 30, [](int x, int y) { return Pixel{x * 6, y * 8, x * y, 255}; }),
            "5c080e1d986076777087887688688887f1b10ff788");
  EXPECT_EQ(hash_hex(20, 50, [](int x, int y) { return Pixel{255 - x * 12, y * 5, 128, 255}; }),
            "20280a331a7f7088887788878f70f8f888");
  EXPECT_EQ(hash_hex(32, 32, [](int x, int y) { return Pixel{x * 8, y * 8, 200, (x + y) * 4}; }),
            "69f6851d0c27a087b0888a7788a0b00af96870778078787878");
  EXPECT_EQ(hash_hex(100, 10, [](int x, int y) { return Pixel{x * x, x * 7 + y * 3, y * 20, 255}; }),
            "dae809518055448270778777667f08e769");
}

TEST(ThumbHash, IsShortAndSteadyForFlatPictures) {
  const std::string flat = hash_hex(30, 30, [](int, int) { return std::array<int, 4>{90, 120, 30, 255}; });
  EXPECT_LE(flat.size() / 2, 28U);
  EXPECT_EQ(flat.substr(10), std::string(flat.size() - 10, '0')) << "no noise in the cosine terms";
}

}  // namespace
}  // namespace aisha::imaging
