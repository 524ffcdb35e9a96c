// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/own_sheets.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

/// Keeps what it was asked to draw.
class SheetImager final : public imaging::Imager {
 public:
  imaging::SheetSpec drawn;
  Task<Result<imaging::Inspection>> inspect(std::string) override { co_return fakes::PlainImager::fine(); }
  Task<Result<imaging::PhotoReport>> photo(std::string) override { co_return imaging::PhotoReport(); }
  Task<Result<std::string>> contact_sheet(imaging::SheetSpec spec) override {
    drawn = std::move(spec);
    co_return std::string("sheet");
  }
  Task<Result<std::string>> chart(imaging::ChartSpec) override { co_return std::string("chart"); }
  Task<Result<std::string>> resize(std::string picture, imaging::ResizeSpec) override { co_return picture; }
};

class OwnSheetsTest : public testing::Test {
 protected:
  OwnSheetsTest() {
    for (int i = 0; i < 3; ++i) {
      made_.push_back(world_.tap().id);
      world_.settle();
    }
    owner_ = world_.picture(made_[0]).user_id;
  }
  Result<std::string> compose(std::vector<Uuid> pictures, SheetOf of = SheetOf::live) {
    return world_.run(sheets_.compose(owner_, std::move(pictures), of));
  }
  void remove(const Uuid& id) {
    auto turn = world_.open();
    world_.run(world_.gallery.remove(turn.actor(), id, {})).value();
    world_.run(turn.commit()).value();
  }

  ServiceWorld world_;
  SheetImager imager_;
  OwnSheets sheets_{world_.context, world_.blobs, imager_};
  std::vector<Uuid> made_;
  Uuid owner_;
};

TEST_F(OwnSheetsTest, SmallPicturesStandInTheirOrderWithTheirNumbers) {
  for (std::size_t i = 0; i < made_.size(); ++i) {
    const domain::Picture picture = world_.picture(made_[i]);
    world_.blobs.objects[{blobs::Bucket::generated, domain::thumbnail_key(picture.created_at, picture.id)}] =
        "small " + std::to_string(i);
  }
  ASSERT_TRUE(compose({made_[2], made_[0], Uuid{}, made_[1]}));
  ASSERT_EQ(imager_.drawn.cells.size(), 4U);
  EXPECT_EQ(imager_.drawn.cells[0].picture, "small 2");
  EXPECT_EQ(imager_.drawn.cells[1].picture, "small 0");
  EXPECT_EQ(imager_.drawn.cells[2].picture, "") << "the quiet cell";
  EXPECT_EQ(imager_.drawn.cells[3].picture, "small 1");
  EXPECT_EQ(imager_.drawn.cells[3].badge, "4");
  EXPECT_EQ(imager_.drawn.columns, 3);
}

TEST_F(OwnSheetsTest, Row10NothingRemovedOrForeignIsEverDrawn) {
  remove(made_[1]);
  EXPECT_EQ(compose({made_[0], made_[1]}).error().code, Errc::not_found);
  EXPECT_EQ(compose({made_[0], Uuid::v7(world_.clock.now(), world_.rng)}).error().code, Errc::not_found);
  EXPECT_TRUE(compose({made_[1]}, SheetOf::removed));
  EXPECT_EQ(compose({made_[0]}, SheetOf::removed).error().code, Errc::not_found);
  owner_ = Uuid::v7(world_.clock.now(), world_.rng);
  EXPECT_EQ(compose({made_[0]}).error().code, Errc::not_found);
  EXPECT_TRUE(imager_.drawn.cells.size() == 1) << "one sheet was drawn: that of the bin";
}

TEST_F(OwnSheetsTest, ALostSmallPictureIsAQuietCellAndAStoreThatIsAwayNoSheet) {
  const domain::Picture picture = world_.picture(made_[0]);
  world_.blobs.objects.erase({blobs::Bucket::generated, domain::thumbnail_key(picture.created_at, picture.id)});
  ASSERT_TRUE(compose({made_[0], made_[1]}));
  EXPECT_EQ(imager_.drawn.cells[0].picture, "");
  EXPECT_NE(imager_.drawn.cells[1].picture, "");
  world_.blobs.broken = Errc::unavailable;
  EXPECT_EQ(compose({made_[0]}).error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha::services
