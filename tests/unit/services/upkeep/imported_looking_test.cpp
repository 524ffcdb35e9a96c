// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/imported_looking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "domain/own_picture.hpp"
#include "stores/pictures/requests.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

namespace imports = stores::imports;
using fakes::PlainImager;
using fakes::ServiceWorld;
using ::testing::IsEmpty;

class ImportedLookingTest : public ::testing::Test {
 protected:
  ImportedLookingTest() {
    world_.meet();
    owner_ = world_.open().actor().user().id;
  }

  /// An imported picture whose object was found under `key`; "" = the store has lost it since.
  Uuid import(const std::string& key, const std::string& bytes, std::int64_t length = 5) {
    imports::Imported old;
    old.picture.id = Uuid::v7(world_.clock.now(), world_.rng);
    old.picture.user_id = owner_;
    old.picture.template_id = "business";
    old.picture.model = "m";
    old.picture.chat_id = ServiceWorld::kChat;
    old.picture.local_day = "2026-01-15";
    old.picture.created_at = world_.clock.now();
    old.picture.finished_at = world_.clock.now();
    old.place = "https://example.org/" + key;
    stores::UnitOfWork unit(*world_.db, world_.rng);
    imports::add_picture(unit, old);
    imports::give_object(unit, old.picture.id, {key, length, "image/png"});
    EXPECT_TRUE(world_.run(unit.commit()));
    if (!bytes.empty()) {
      world_.blobs.objects[{blobs::Bucket::generated, key}] = bytes;
    }
    world_.clock.advance(Millis(1));
    return old.picture.id;
  }
  void look() { world_.run(looking_.run()); }
  std::vector<std::string> codes() {
    std::vector<std::string> out;
    const auto rows = world_.run(world_.db->read(sql::Statement("SELECT code FROM missing_pictures ORDER BY code")));
    for (const sql::Row row : rows) {
      out.push_back(row.text(0));
    }
    return out;
  }
  bool has_thumbnail(const domain::Picture& picture) const {
    return world_.blobs.objects.contains(
        {blobs::Bucket::generated, domain::thumbnail_key(picture.created_at, picture.id)});
  }

  ServiceWorld world_;
  Uuid owner_;
  ImportedLooking looking_{world_.context, world_.blobs, world_.imager};
};

TEST_F(ImportedLookingTest, AGoodOneIsShownFromThenOn) {
  const Uuid id = import("old/a.png", "bytes");
  EXPECT_FALSE(domain::can_be_shown(world_.picture(id)));
  look();
  const domain::Picture picture = world_.picture(id);
  EXPECT_TRUE(domain::can_be_shown(picture));
  EXPECT_EQ(picture.object.sha256, encoding::sha256_hex("bytes"));
  EXPECT_EQ(picture.object.width, 1536);
  EXPECT_EQ(picture.object.content_type, "image/jpeg");
  EXPECT_EQ(picture.object.key, "old/a.png");
  EXPECT_TRUE(has_thumbnail(picture));
  EXPECT_EQ((world_.blobs.objects[{blobs::Bucket::generated, "old/a.png"}]), "bytes") << "the object itself stays";
  EXPECT_THAT(codes(), IsEmpty());
  EXPECT_THAT(world_.broken_invariants(), IsEmpty());
}

TEST_F(ImportedLookingTest, OneThatTheImagerRefusesIsNotedAndNeverLookedAtAgain) {
  const Uuid id = import("old/a.png", "bytes");
  world_.imager.inspections.push_back(fail(Errc::image_truncated));
  look();
  look();
  const domain::Picture picture = world_.picture(id);
  EXPECT_FALSE(domain::can_be_shown(picture));
  EXPECT_EQ(picture.object.sha256, encoding::sha256_hex("bytes"));
  EXPECT_EQ(codes(), std::vector<std::string>{"image.truncated"});
  EXPECT_THAT(world_.broken_invariants(), IsEmpty());
  EXPECT_EQ(world_.run(world_.gallery.original(owner_, id)).error().code, Errc::not_found);
}

TEST_F(ImportedLookingTest, TheDecodersDeathIsForgivenOnce) {
  const Uuid good = import("old/a.png", "bytes");
  world_.imager.inspections.push_back(fail(Errc::image_decoder_failed));
  look();
  EXPECT_TRUE(domain::can_be_shown(world_.picture(good)));
  const Uuid bad = import("old/b.png", "bytes");
  world_.imager.inspections.push_back(fail(Errc::image_decoder_failed));
  world_.imager.inspections.push_back(fail(Errc::image_decoder_failed));
  look();
  EXPECT_FALSE(domain::can_be_shown(world_.picture(bad)));
  EXPECT_EQ(codes(), std::vector<std::string>{"image.decoder_failed"});
}

TEST_F(ImportedLookingTest, AnOutageOfTheImagerCondemnsNothing) {
  const Uuid id = import("old/a.png", "bytes");
  world_.imager.inspections.push_back(fail(Errc::unavailable));
  look();
  EXPECT_THAT(codes(), IsEmpty());
  look();
  EXPECT_TRUE(domain::can_be_shown(world_.picture(id)));
}

TEST_F(ImportedLookingTest, OneThatIsLongerThanAnythingTheImagerTakesIsNotRead) {
  import("old/a.png", "", 40LL << 20);
  look();
  EXPECT_EQ(codes(), std::vector<std::string>{"image.too_many_bytes"});
  world_.imager.inspections.push_back(fail(Errc::image_truncated));
  look();
  EXPECT_EQ(world_.imager.inspections.size(), 1U);
}

TEST_F(ImportedLookingTest, ObjectsThatAreNotThereKeepNoOtherFromItsTurn) {
  for (int i = 0; i < 12; ++i) {
    import("old/lost" + std::to_string(i), "");
  }
  const Uuid good = import("old/good.png", "bytes");
  look();
  look();
  EXPECT_TRUE(domain::can_be_shown(world_.picture(good)));
  EXPECT_THAT(codes(), IsEmpty()) << "they may be back tomorrow";
}

TEST_F(ImportedLookingTest, OneProcessAtATimeLooks) {
  const Uuid id = import("old/a.png", "bytes");
  stores::UnitOfWork unit(*world_.db, world_.rng);
  ASSERT_TRUE(world_.run(stores::chores::claim(unit, "imported", 1, Millis(60'000))));
  look();
  EXPECT_FALSE(domain::can_be_shown(world_.picture(id)));
  world_.clock.advance(Millis(60'001));
  look();
  EXPECT_TRUE(domain::can_be_shown(world_.picture(id)));
}

TEST_F(ImportedLookingTest, OneInTheTrashIsLookedAtToo) {
  const Uuid id = import("old/a.png", "bytes");
  stores::UnitOfWork unit(*world_.db, world_.rng);
  stores::requests::soft_delete(unit, id, owner_);
  ASSERT_TRUE(world_.run(unit.commit()));
  look();
  EXPECT_TRUE(domain::can_be_shown(world_.picture(id)));
}

}  // namespace
}  // namespace aisha::services
