// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cache/keys.hpp"
#include "cache/versioned.hpp"
#include "services/gallery/statistics.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

using fakes::ServiceWorld;

class GalleryTest : public testing::Test {
 protected:
  GalleryTest() {
    ticket_ = world_.tap();
    world_.settle();
    auto turn = world_.open();
    owner_ = turn.actor().user().id;
    world_.run(turn.commit()).value();
  }

  Result<Removal> remove() {
    auto turn = world_.open();
    auto got = world_.run(world_.gallery.remove(turn.actor(), ticket_.id, {}));
    world_.run(turn.commit()).value();
    return got;
  }
  Result<domain::OwnPlace> restore() {
    auto turn = world_.open();
    auto got = world_.run(world_.gallery.restore(turn.actor(), ticket_.id, {}));
    world_.run(turn.commit()).value();
    return got;
  }
  Result<domain::Picture> picture() { return world_.run(world_.gallery.picture(owner_, ticket_.id)); }
  OwnFigures figures(const std::string& day = "2026-01-01") { return world_.run(world_.gallery.figures(owner_, day)); }
  std::int64_t count() { return figures().all.pictures; }

  ServiceWorld world_;
  AcceptedOrder ticket_;
  Uuid owner_;
};

TEST_F(GalleryTest, AFinishedPictureIsFoundWithItsBytes) {
  ASSERT_TRUE(picture());
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(world_.run(world_.gallery.recent(owner_))->id, ticket_.id);
  const auto original = world_.run(world_.gallery.original(owner_, ticket_.id));
  ASSERT_TRUE(original);
  EXPECT_EQ(original->bytes, "jpeg bytes");
  EXPECT_EQ(original->content_type, "image/jpeg");
  EXPECT_TRUE(original->file_name.starts_with("aisha_2026-01-01_"));
  EXPECT_TRUE(original->file_name.ends_with(".jpg"));
  EXPECT_EQ(world_.run(world_.gallery.thumbnail(owner_, ticket_.id)).value(), "small");
}

TEST_F(GalleryTest, FiguresAreReadOnceADayAndAnewAfterEachChange) {
  world_.clock.advance(Millis(10'000));
  EXPECT_EQ(figures().all.pictures, 1);
  EXPECT_EQ(figures().last, ticket_.id);
  const std::string key = cache::keys::stats(owner_).key;
  ASSERT_TRUE(world_.run(world_.cache->get(key)));
  OwnFigures seven = figures();
  seven.all.pictures = 7;
  world_.run(world_.cache->put(key, cache::seal(kOwnFiguresFormat, write_own_figures(seven)), Millis(60'000)));
  EXPECT_EQ(figures().all.pictures, 7) << "the copy is used";
  EXPECT_EQ(figures("2026-01-02").all.pictures, 1) << "but on its day alone: windows end today";
  remove().value();
  EXPECT_EQ(figures().all.pictures, 0);
  EXPECT_EQ(figures().all.made, 1);
  EXPECT_EQ(figures().binned, 1);
  EXPECT_FALSE(figures().last);
  restore().value();
  EXPECT_EQ(figures().all.pictures, 1);
  world_.clock.advance(Millis(10'000));
  world_.tap();
  EXPECT_EQ(figures().all.pictures, 1);
  world_.settle();
  EXPECT_EQ(figures().all.pictures, 2) << "a stored picture changes them too";
}

TEST_F(GalleryTest, AFaceIsBuiltInOrLiesInTheStoreOrIsNone) {
  const auto face = [&](const char* photo) { return world_.run(world_.gallery.face(photo)); };
  EXPECT_TRUE(face("demo-anna").starts_with("\xff\xd8"));
  EXPECT_EQ(face(""), "");
  EXPECT_EQ(face("faces/gone.jpg"), "");
  world_.blobs.objects[{blobs::Bucket::generated, "faces/own.jpg"}] = "bytes";
  EXPECT_EQ(face("faces/own.jpg"), "bytes");
}

TEST_F(GalleryTest, Row10SomebodyElsesPictureLooksAbsent) {
  auto stranger = world_.open(2002);
  const Uuid other = stranger.actor().user().id;
  EXPECT_EQ(world_.run(world_.gallery.picture(other, ticket_.id)).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.gallery.original(other, ticket_.id)).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.gallery.remove(stranger.actor(), ticket_.id, {})).error().code, Errc::not_found);
  EXPECT_EQ(world_.run(world_.gallery.restore(stranger.actor(), ticket_.id, {})).error().code, Errc::not_found);
}

TEST_F(GalleryTest, Row10APurgedOneLooksAbsent) {
  remove().value();
  EXPECT_EQ(picture().error().code, Errc::already_deleted);
  world_.clock.advance(std::chrono::days(world_.policy.trash_days + 1));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(picture().error().code, Errc::not_found);
}

TEST_F(GalleryTest, AnUnfinishedOneIsNoPicture) {
  const AcceptedOrder unfinished = world_.tap();
  EXPECT_EQ(world_.run(world_.gallery.picture(owner_, unfinished.id)).error().code, Errc::not_found);
  EXPECT_EQ(count(), 1);
}

TEST_F(GalleryTest, RemovingIsUndoneByRestoring) {
  ASSERT_TRUE(remove());
  EXPECT_EQ(picture().error().code, Errc::already_deleted);
  EXPECT_EQ(count(), 0);
  EXPECT_FALSE(world_.run(world_.gallery.recent(owner_)));
  ASSERT_TRUE(restore());
  EXPECT_TRUE(picture());
  EXPECT_EQ(count(), 1);
}

TEST_F(GalleryTest, Row11RemovingTwiceSaysSo) {
  ASSERT_TRUE(remove());
  EXPECT_EQ(remove().error().code, Errc::already_deleted);
}

TEST_F(GalleryTest, RestoringALivePictureChangesNothing) {
  ASSERT_TRUE(restore());
  EXPECT_TRUE(picture());
}

TEST_F(GalleryTest, TheTrashKeepsObjectsForItsDaysAndThenForgetsThem) {
  ASSERT_TRUE(remove());
  world_.clock.advance(std::chrono::days(world_.policy.trash_days) - Millis(1));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(world_.blobs.objects.size(), 2U);
  world_.clock.advance(Millis(2));
  world_.run(world_.sweeper.run());
  EXPECT_TRUE(world_.blobs.objects.empty());
  EXPECT_EQ(restore().error().code, Errc::not_found);
  EXPECT_EQ(world_.broken_invariants(), std::vector<std::string>());
}

TEST_F(GalleryTest, Row100_TheTrashIsLeftWhileTheStoreIsAnotherDatabases) {
  ASSERT_TRUE(remove());
  world_.clock.advance(std::chrono::days(world_.policy.trash_days + 1));
  const Uuid another = Uuid::v7(world_.clock.now(), world_.rng);
  ASSERT_TRUE(world_.run(take_bucket(world_.blobs, another)));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(world_.blobs.objects.size(), 2U + 1U);
  world_.blobs.objects.erase({blobs::Bucket::generated, "databases/" + another.to_string()});
  world_.run(world_.sweeper.run());
  EXPECT_TRUE(world_.blobs.objects.empty());
}

TEST_F(GalleryTest, ATrashThatCannotBeEmptiedIsTriedAgain) {
  ASSERT_TRUE(remove());
  world_.clock.advance(std::chrono::days(world_.policy.trash_days + 1));
  world_.blobs.broken = Errc::unavailable;
  world_.run(world_.sweeper.run());
  world_.blobs.broken.reset();
  EXPECT_EQ(world_.blobs.objects.size(), 2U);
  world_.run(world_.sweeper.run());
  EXPECT_TRUE(world_.blobs.objects.empty());
}

TEST_F(GalleryTest, HandledUpdatesAreForgottenAfterTwoDays) {
  world_.clock.advance(world_.policy.retention + Millis(1));
  world_.run(world_.sweeper.run());
  EXPECT_EQ(world_.number("SELECT count(*) FROM inbox WHERE state = 'done'"), 0);
  EXPECT_EQ(world_.number("SELECT count(*) FROM outbox"), 0);
}

}  // namespace
}  // namespace aisha::services
