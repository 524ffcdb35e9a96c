// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/disk_store.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>

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

}  // namespace
}  // namespace aisha::blobs
