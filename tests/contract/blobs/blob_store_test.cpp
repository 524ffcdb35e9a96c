// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <functional>

#include "blobs/disk/disk_store.hpp"

/// What every BlobStore must do; a further engine joins by one more Engine below.
namespace aisha::blobs {
namespace {

using namespace std::string_literals;

/// A loop, a pool and a folder for one test.
struct World {
  boost::asio::io_context loop{1};
  boost::asio::thread_pool pool{2};
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("aisha-blobs-" + std::to_string(getpid()));

  ~World() {
    pool.join();
    std::filesystem::remove_all(folder);
  }
  template <class T>
  T await(Task<T> task) {
    std::optional<T> out;
    boost::asio::co_spawn(loop, std::move(task), [&](const std::exception_ptr& thrown, T value) {
      EXPECT_FALSE(thrown);
      out = std::move(value);
    });
    loop.restart();
    loop.run();
    return std::move(*out);
  }
};

struct Engine {
  std::string name;
  std::function<std::unique_ptr<BlobStore>(World&)> make;
};

std::unique_ptr<BlobStore> make_disk(World& world) {
  auto made = make_disk_store(world.loop.get_executor(), world.pool, {.root = world.folder});
  return made ? std::move(*made) : nullptr;
}

class BlobContract : public testing::TestWithParam<Engine> {
 protected:
  BlobContract() : store_(GetParam().make(world_)) {}
  bool put(std::string key, std::string bytes, std::string type = "image/jpeg", Bucket bucket = Bucket::generated) {
    return world_.await(store_->put(bucket, std::move(key), std::move(bytes), std::move(type))).has_value();
  }
  std::string get(std::string key, Bucket bucket = Bucket::generated) {
    const auto got = world_.await(store_->get(bucket, std::move(key)));
    return got ? *got : "<" + std::string(code_of(got.error().code)) + ">";
  }
  std::string type_of(std::string key) {
    const auto info = world_.await(store_->stat(Bucket::generated, std::move(key)));
    return info ? info->content_type + " " + std::to_string(info->bytes)
                : "<" + std::string(code_of(info.error().code)) + ">";
  }
  bool remove(std::string key) { return world_.await(store_->remove(Bucket::generated, std::move(key))).has_value(); }

  World world_;
  std::unique_ptr<BlobStore> store_;
};

TEST_P(BlobContract, GivesBackTheBytesTheTypeAndTheSize) {
  const std::string bytes = "\xff\xd8\0\xff binary"s;
  EXPECT_TRUE(put("2026/11/22/a.jpg", bytes));
  EXPECT_EQ(get("2026/11/22/a.jpg"), bytes);
  EXPECT_EQ(type_of("2026/11/22/a.jpg"), "image/jpeg " + std::to_string(bytes.size()));
}

TEST_P(BlobContract, KeepsATypeThatTheNameDoesNotTell) {
  EXPECT_TRUE(put("a.jpg", "x", "image/webp"));
  EXPECT_EQ(type_of("a.jpg"), "image/webp 1");
  EXPECT_TRUE(put("a.jpg", "xy", "image/jpeg"));
  EXPECT_EQ(type_of("a.jpg"), "image/jpeg 2") << "a later put brings its own type";
  EXPECT_TRUE(put("b", "", "text/plain"));
  EXPECT_EQ(type_of("b"), "text/plain 0");
}

TEST_P(BlobContract, PutOverwritesAndMayBeRepeated) {
  EXPECT_TRUE(put("a.jpg", "old"));
  EXPECT_TRUE(put("a.jpg", "new"));
  EXPECT_TRUE(put("a.jpg", "new"));
  EXPECT_EQ(get("a.jpg"), "new");
}

TEST_P(BlobContract, AbsentIsNotFoundAndRemovingItSucceeds) {
  EXPECT_EQ(get("2026/01/01/none.jpg"), "<item.not_found>");
  EXPECT_EQ(type_of("none.jpg"), "<item.not_found>");
  EXPECT_TRUE(remove("2026/01/01/none.jpg"));
  EXPECT_TRUE(put("a.jpg", "x", "image/webp"));
  EXPECT_TRUE(remove("a.jpg"));
  EXPECT_EQ(get("a.jpg"), "<item.not_found>");
}

TEST_P(BlobContract, BucketsDoNotSeeEachOther) {
  EXPECT_TRUE(put("a.jpg", "generated"));
  EXPECT_TRUE(put("a.jpg", "preview", "image/jpeg", Bucket::templates));
  EXPECT_TRUE(put("a.zip", "photos", "application/zip", Bucket::temp));
  EXPECT_EQ(get("a.jpg"), "generated");
  EXPECT_EQ(get("a.jpg", Bucket::templates), "preview");
  EXPECT_EQ(get("a.zip"), "<item.not_found>");
}

TEST_P(BlobContract, AKeyThatCouldLeaveItsBucketIsNotFound) {
  for (const std::string& key : {""s, "/etc/passwd"s, "../a"s, "a/../../b"s, "a//b"s, "a/"s, ".hidden"s, "a/.b"s,
                                 "a\0b"s, "a b"s, "a\\b"s, "ключ"s, "a:b"s, "%2e%2e/a"s, std::string(600, 'a')}) {
    EXPECT_EQ(get(key), "<item.not_found>") << key;
    EXPECT_FALSE(put(key, "x")) << key;
  }
}

TEST_P(BlobContract, ManyPutsAtOnceAllArrive) {
  int stored = 0;
  for (int i = 0; i < 50; ++i) {
    boost::asio::co_spawn(world_.loop,
                          store_->put(Bucket::generated, "many/" + std::to_string(i % 10) + ".jpg",
                                      std::string(2000, static_cast<char>('a' + i % 10)), "image/jpeg"),
                          [&](const std::exception_ptr&, const Result<void>& done) { stored += done ? 1 : 0; });
  }
  world_.loop.restart();
  world_.loop.run();
  EXPECT_EQ(stored, 50);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(get("many/" + std::to_string(i) + ".jpg"), std::string(2000, static_cast<char>('a' + i)));
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, BlobContract, testing::Values(Engine{"disk", make_disk}),
                         [](const auto& info) { return info.param.name; });

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
  const auto made = make_disk_store(world.loop.get_executor(), world.pool, {.root = "/proc/aisha-cannot"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::start_failed);
}

TEST(DiskStore, HasNoPublicDoor) {
  World world;
  const auto store = make_disk(world);
  EXPECT_EQ(store->presign(Bucket::generated, "a.jpg", Millis(1000), "a.jpg"), std::nullopt);
}

}  // namespace
}  // namespace aisha::blobs
