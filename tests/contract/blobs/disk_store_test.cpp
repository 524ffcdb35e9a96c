// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/disk_store.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>

#include "blobs/disk/listing.hpp"
#include "tests/contract/blobs/world.hpp"

namespace aisha::blobs {
namespace {

TEST(DiskStore, LaysObjectsOutByBucketAndLeavesNoTemporaryFiles) {
  World world;
  const auto store = make_disk(world);
  ASSERT_TRUE(store);
  ASSERT_TRUE(world.await(store->put(Bucket::generated, "2026/11/22/a.jpg", "x", "image/jpeg")));
  EXPECT_TRUE(std::filesystem::is_regular_file(world.folder / "aisha-v2-generated/2026/11/22/a.jpg"));
  EXPECT_TRUE(std::filesystem::is_directory(world.folder / "aisha-v2-templates"));
  EXPECT_TRUE(std::filesystem::is_directory(world.folder / "aisha-v2-temp"));
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(world.folder)) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(files, 1);
}

TEST(DiskStore, AFailedWriteKeepsTheOldBytesAndLeavesNothingBehind) {
  World world;
  const auto store = make_disk(world);
  ASSERT_TRUE(store);
  ASSERT_TRUE(world.await(store->put(Bucket::generated, "a.jpg", "old", "image/jpeg")));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{4096, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &tight);
  const auto refused = world.await(store->put(Bucket::generated, "a.jpg", std::string(10'000, 'x'), "image/jpeg"));
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  ASSERT_FALSE(refused);
  EXPECT_EQ(*world.await(store->get(Bucket::generated, "a.jpg")), "old");
  const auto begin = std::filesystem::directory_iterator(world.folder / "aisha-v2-generated");
  EXPECT_EQ(std::distance(begin, std::filesystem::directory_iterator()), 1);
}

TEST(DiskStore, AFullDiskOrQuotaIsDiskFullAndOtherTroubleUnavailable) {
  EXPECT_EQ(disk_error(ENOSPC), Errc::disk_full);
  EXPECT_EQ(disk_error(EDQUOT), Errc::disk_full);
  EXPECT_EQ(disk_error(EIO), Errc::unavailable);
}

TEST(DiskStore, AFolderThatCannotBeMadeFailsTheStart) {
  World world;
  const auto made = make_disk_store(world.loop.executor(), world.pool, {.root = "/proc/aisha-cannot"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::start_failed);
}

TEST(DiskStore, HasNoPublicAddress) {
  World world;
  const auto store = make_disk(world);
  EXPECT_EQ(store->presign(Bucket::generated, "a.jpg", Millis(1000), "a.jpg"), std::nullopt);
}

class ListingTest : public testing::Test {
 protected:
  ListingTest() {
    for (const char letter : {'d', 'a', 'g', 'c', 'f', 'b', 'e'}) {
      put(std::string("2026/01/15/") + letter + ".jpg");
    }
  }
  void put(const std::string& key) {
    ASSERT_TRUE(world_.await(store_->put(Bucket::generated, key, "x", "image/jpeg")));
  }
  /// The letters of a page.
  std::string page(const std::string& after, std::size_t limit) {
    return letters_of(world_.await(store_->list(Bucket::generated, "2026/01/15/", after, limit)));
  }
  static std::string letters_of(const Result<std::vector<std::string>>& keys) {
    std::string out;
    for (const std::string& key : keys.value()) {
      out += key.at(11);
    }
    return out;
  }
  static std::string key(char letter) { return std::string("2026/01/15/") + letter + ".jpg"; }

  World world_;
  std::unique_ptr<BlobStore> store_ = make_disk(world_);
};

TEST_F(ListingTest, PagesThatFollowOneAnotherCostOneWalk) {
  EXPECT_EQ(page("", 3), "abc");
  // What a second walk would see.
  std::filesystem::remove_all(world_.folder / "aisha-v2-generated/2026");
  EXPECT_EQ(page(key('c'), 3), "def");
  EXPECT_EQ(page(key('f'), 3), "g");
  EXPECT_EQ(page(key('f'), 3), "") << "the walk is over";
}

TEST_F(ListingTest, AnotherPageIsAnotherWalk) {
  EXPECT_EQ(page("", 3), "abc");
  put(key('h'));
  EXPECT_EQ(page(key('d'), 9), "efgh") << "not the page that follows";
  EXPECT_EQ(page("", 3), "abc");
  put(key('0'));
  EXPECT_EQ(page("", 3), "0ab") << "from the beginning";
  EXPECT_EQ(letters_of(world_.await(store_->list(Bucket::generated, "2026/01/15/h", key('b'), 3))), "h");
}

TEST_F(ListingTest, MoreThanItKeepsAheadIsWalkedAgain) {
  Listing listing(4);
  const auto folder = world_.folder / "aisha-v2-generated";
  std::string all;
  std::string after;
  for (int pages = 1; pages <= 4; ++pages) {
    const auto keys = listing.page(folder, "2026/01/15/", after, 2);
    all += letters_of(keys) + " ";
    after = keys->back();
  }
  EXPECT_EQ(all, "ab cd ef g ");
  EXPECT_EQ(letters_of(listing.page(folder, "2026/01/15/", "", 7)), "abcdefg");
  EXPECT_EQ(letters_of(listing.page(folder, "2026/01/15/", key('g'), 7)), "");
}

}  // namespace
}  // namespace aisha::blobs
