// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/contract/blobs/world.hpp"

/// What every BlobStore must do; a further engine joins by one more Engine below.
namespace aisha::blobs {
namespace {

using namespace std::string_literals;

struct Engine {
  std::string name;
  std::function<std::unique_ptr<BlobStore>(World&)> make;
};

std::unique_ptr<BlobStore> make_s3_engine(World& world) {
  const auto options = s3_options();
  return options ? make_s3(world, *options) : nullptr;
}

Task<void> put_one(BlobStore& store, std::string key, int& stored, int& ended) {
  std::string bytes(2000, key.at(key.size() - 5));
  const auto done = co_await store.put(Bucket::generated, std::move(key), std::move(bytes), "image/jpeg");
  stored += done ? 1 : 0;
  ++ended;
}

class BlobContract : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    store_ = GetParam().make(world_);
    if (!store_ && GetParam().name == "s3") {
      GTEST_SKIP() << kNoS3;
    }
    ASSERT_TRUE(store_);
  }
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
  void wait_for(const int& ended, int count) {
    world_.loop.io().restart();
    while (ended < count && world_.loop.io().run_one() > 0) {
    }
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

TEST_P(BlobContract, RemovesManyAtOnceAndTellsWhatItCouldNot) {
  std::vector<std::string> keys;
  for (int i = 0; i < 5; ++i) {
    keys.push_back(fmt::format("2026/01/0{}/a.jpg", i));
    EXPECT_TRUE(put(keys.back(), "x"));
  }
  EXPECT_TRUE(put("kept.jpg", "x"));
  keys.emplace_back("never-was.jpg");
  keys.emplace_back("../kept.jpg");
  const auto left = world_.await(store_->remove_all(Bucket::generated, keys));
  EXPECT_EQ(left, std::vector<std::string>{"../kept.jpg"});
  EXPECT_EQ(get("2026/01/03/a.jpg"), "<item.not_found>");
  EXPECT_EQ(get("kept.jpg"), "x");
  EXPECT_TRUE(world_.await(store_->remove_all(Bucket::generated, {})).empty());
}

TEST_P(BlobContract, ListsKeysInTheirOrderPageByPage) {
  const auto list = [&](const std::string& prefix, const std::string& after, std::size_t limit) {
    const auto listed = world_.await(store_->list(Bucket::generated, prefix, after, limit));
    EXPECT_TRUE(listed) << listed.error().detail;
    return listed.value_or(std::vector<std::string>{});
  };
  EXPECT_TRUE(list("2026/01/15/", "", 10).empty());
  // A folder's name sorts behind a file's that begins with it.
  for (const char* key : {"2026/01/15/b.jpg", "2026/01/15/a.thumb.webp", "2026/01/15/a.jpg", "2026/01/15/a/c.jpg",
                          "2026/01/16/a.jpg", "2026/01/15/c.jpg", "2026.jpg"}) {
    EXPECT_TRUE(put(key, "x", "image/webp"));
  }
  EXPECT_TRUE(put("2026/01/15/other.jpg", "x", "image/jpeg", Bucket::templates));
  const std::vector<std::string> day{"2026/01/15/a.jpg", "2026/01/15/a.thumb.webp", "2026/01/15/a/c.jpg",
                                     "2026/01/15/b.jpg", "2026/01/15/c.jpg"};
  EXPECT_EQ(list("2026/01/15/", "", 10), day);
  EXPECT_EQ(list("2026/01/15/", "", 2), std::vector(day.begin(), day.begin() + 2));
  EXPECT_EQ(list("2026/01/15/", day[1], 2), std::vector(day.begin() + 2, day.begin() + 4));
  EXPECT_EQ(list("2026/01/15/", day[4], 2), std::vector<std::string>{});
  EXPECT_EQ(list("2026/01/15/a.", "", 10), std::vector(day.begin(), day.begin() + 2)) << "a prefix is no folder";
  EXPECT_EQ(list("", "2026/01/15/c.jpg", 10), std::vector<std::string>{"2026/01/16/a.jpg"});
  EXPECT_EQ(list("", "", 1), std::vector<std::string>{"2026.jpg"});
  EXPECT_FALSE(world_.await(store_->list(Bucket::generated, "../", "", 10)));
}

TEST_P(BlobContract, ListsMoreThanOneAnswerHolds) {
  int stored = 0;
  int ended = 0;
  constexpr int kObjects = 1'100;
  for (int i = 0; i < kObjects; ++i) {
    boost::asio::co_spawn(world_.loop.io(), put_one(*store_, fmt::format("many/{:04}.jpg", i), stored, ended),
                          boost::asio::detached);
  }
  wait_for(ended, kObjects);
  ASSERT_EQ(stored, kObjects);
  const auto listed = world_.await(store_->list(Bucket::generated, "many/", "", 5'000));
  ASSERT_TRUE(listed);
  ASSERT_EQ(listed->size(), static_cast<std::size_t>(kObjects));
  EXPECT_EQ(listed->back(), "many/1099.jpg");
}

TEST_P(BlobContract, ALargeObjectSurvivesTheWay) {
  std::string bytes(5U << 20U, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 1000) {
    bytes[i] = static_cast<char>(i / 1000);
  }
  EXPECT_TRUE(put("large.png", bytes, "image/png"));
  EXPECT_EQ(get("large.png") == bytes, true);
}

TEST_P(BlobContract, AFileBecomesAnObjectAndIsKnownByItsDigest) {
  std::string bytes(9U << 20U, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 1000) {
    bytes[i] = static_cast<char>(i / 1000);
  }
  const std::string path = (std::filesystem::temp_directory_path() / fmt::format("aisha-file-{}", ::getpid())).string();
  std::ofstream(path, std::ios::binary) << bytes;
  Digester digester;
  digester.add(bytes);
  const Digest digest = digester.finish();
  const std::string key = "avatars/a/1.safetensors";
  for (int again = 0; again < 2; ++again) {
    const auto kept =
        world_.await(store_->put_file(Bucket::generated, key, BlobFile{path, digest}, "application/octet-stream"));
    ASSERT_TRUE(kept) << kept.error().detail;
  }
  EXPECT_TRUE(std::filesystem::exists(path)) << "it is the caller's";
  std::filesystem::remove(path);
  EXPECT_EQ(get(key) == bytes, true);
  EXPECT_EQ(type_of(key), "application/octet-stream " + std::to_string(bytes.size()));
  const auto seen = world_.await(store_->digest(Bucket::generated, key));
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(*seen, digest);
  EXPECT_EQ(world_.await(store_->digest(Bucket::generated, "absent")).error().code, Errc::not_found);
  EXPECT_EQ(world_.await(store_->digest(Bucket::generated, "../up")).error().code, Errc::not_found);
  EXPECT_FALSE(world_.await(store_->put_file(Bucket::generated, "gone", BlobFile{path, digest}, "x/y")));
  EXPECT_EQ(get("gone"), "<item.not_found>");
}

TEST_P(BlobContract, ManyPutsAtOnceAllArrive) {
  int stored = 0;
  int ended = 0;
  for (int i = 0; i < 50; ++i) {
    boost::asio::co_spawn(world_.loop.io(), put_one(*store_, fmt::format("many/{}.jpg", i % 10), stored, ended),
                          boost::asio::detached);
  }
  wait_for(ended, 50);
  EXPECT_EQ(stored, 50);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(get("many/" + std::to_string(i) + ".jpg"), std::string(2000, static_cast<char>('0' + i)));
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, BlobContract,
                         testing::Values(Engine{"disk", make_disk}, Engine{"s3", make_s3_engine}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace aisha::blobs
