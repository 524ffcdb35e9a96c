// SPDX-License-Identifier: Apache-2.0
// What may lie in an older bot's bucket under the name of a picture goes through the real imager.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "domain/own_picture.hpp"
#include "services/upkeep/imported_looking.hpp"
#include "tests/fakes/hostile_pictures.hpp"
#include "tests/fakes/service_world.hpp"

namespace aisha::services {
namespace {

namespace imports = stores::imports;
using fakes::ServiceWorld;
using ::testing::IsEmpty;

class HostileImports : public ::testing::Test {
 protected:
  HostileImports() {
    world_.meet();
    owner_ = world_.open().actor().user().id;
  }

  static imaging::ImagerOptions options() {
    imaging::ImagerOptions out;
    out.program = fakes::binary_dir() + "/aisha-imager";
#ifdef AISHA_SANITIZED
    out.memory_limit = 0;
#endif
    return out;
  }

  Uuid import(const std::string& name, const std::string& bytes) {
    imports::Imported old;
    old.picture.id = Uuid::v7(world_.clock.now(), world_.rng);
    old.picture.user_id = owner_;
    old.picture.model = "m";
    old.picture.chat_id = ServiceWorld::kChat;
    old.picture.local_day = "2026-01-15";
    old.picture.created_at = world_.clock.now();
    old.picture.finished_at = world_.clock.now();
    old.place = "https://example.org/" + name;
    stores::UnitOfWork unit(*world_.db, world_.rng);
    imports::add_picture(unit, old);
    imports::give_object(unit, old.picture.id, {name, std::max<std::int64_t>(std::ssize(bytes), 1), "image/jpeg"});
    EXPECT_TRUE(world_.run(unit.commit()));
    world_.blobs.objects[{blobs::Bucket::generated, name}] = bytes;
    world_.clock.advance(Millis(1));
    return old.picture.id;
  }
  void look() {
    const auto imager = imaging::make_imager(world_.loop.executor(), options());
    ImportedLooking looking(world_.context, world_.blobs, *imager);
    world_.run(looking.run());
  }

  ServiceWorld world_;
  Uuid owner_;
};

TEST_F(HostileImports, EachIsNotedWithItsCodeAndNoneIsShown) {
  std::vector<Uuid> all;
  std::vector<std::string> expected;
  for (const fakes::HostilePicture& hostile : fakes::hostile_pictures()) {
    all.push_back(import("a/" + hostile.name + ".jpg", hostile.bytes));
    expected.push_back(hostile.code);
  }
  look();
  const auto rows =
      world_.run(world_.db->read(sql::Statement("SELECT m.code FROM missing_pictures m ORDER BY m.generation_id")));
  std::vector<std::string> codes;
  for (const sql::Row row : rows) {
    codes.push_back(row.text(0));
  }
  EXPECT_EQ(codes, expected);
  for (const Uuid& id : all) {
    EXPECT_FALSE(domain::can_be_shown(world_.picture(id)));
    EXPECT_EQ(world_.run(world_.gallery.original(owner_, id)).error().code, Errc::not_found);
  }
  EXPECT_THAT(world_.broken_invariants(), IsEmpty());
}

TEST_F(HostileImports, OddButHonestOnesAreShown) {
  std::vector<Uuid> all;
  for (const auto& entry : std::filesystem::directory_iterator(fakes::source_dir() + "/tests/fixtures/pictures")) {
    std::ifstream file(entry.path(), std::ios::binary);
    all.push_back(import("a/" + entry.path().filename().string(), {std::istreambuf_iterator<char>(file), {}}));
  }
  ASSERT_FALSE(all.empty());
  look();
  for (const Uuid& id : all) {
    const domain::Picture picture = world_.picture(id);
    EXPECT_TRUE(domain::can_be_shown(picture)) << picture.object.key;
    EXPECT_FALSE(world_.run(world_.gallery.thumbnail(owner_, id))->empty()) << picture.object.key;
  }
}

}  // namespace
}  // namespace aisha::services
