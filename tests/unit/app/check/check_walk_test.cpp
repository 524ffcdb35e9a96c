// SPDX-License-Identifier: Apache-2.0
#include "app/check/check_walk.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <list>

#include "base/encoding.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/memory_blobs.hpp"

namespace aisha::app {
namespace {

namespace audit = stores::audit;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// The database as it is, and something that happens between two moments.
class Moments final : public sql::Snapshot {
 public:
  explicit Moments(sql::Database& database) : database_(database) {}

  Task<sql::Rows> read(sql::Statement statement) override { return database_.read(std::move(statement)); }
  Task<void> renew() override {
    if (meanwhile) {
      meanwhile();
    }
    co_return;
  }
  TimePoint now() const override { return database_.now(); }

  std::function<void()> meanwhile;

 private:
  sql::Database& database_;
};

class CheckWalkTest : public ::testing::Test {
 protected:
  CheckWalkTest() {
    rules_.requests = rules_.accounts = rules_.transfers = 2;
    change(
        "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
        " updated_at) VALUES (x'00000000000070008000000000000001', '1', 'Ann', 'en', false, false, false, 0, 0)");
    change(
        "INSERT INTO ledger_account (id, user_id, kind, balance) VALUES (x'00000000000070008000000000000002',"
        " x'00000000000070008000000000000001', 'available', 0)");
    for (int i = 0; i < 5; ++i) {
      import(i);
    }
  }

  static std::unique_ptr<sql::Database> open(Executor loop) {
    sql::sqlite::Options options;
    options.path = ":memory:";
    options.inline_mode = true;
    return std::move(sql::sqlite::open(std::move(options), std::move(loop)).value().database);
  }
  void change(const std::string& text) {
    texts_.push_back(text);
    sql::Batch batch;
    batch.push_back({sql::Statement(sql::Text::lasting(texts_.back().c_str())), std::nullopt});
    loop_.run(database_->write(std::move(batch))).value();
  }
  /// A picture of another program, whose bytes are "picture".
  void import(int i) {
    const std::string key = "p" + std::to_string(i) + ".jpg";
    blobs_.objects[{blobs::Bucket::generated, key}] = "picture";
    change(
        "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, is_imported, status,"
        " bucket, object_key, bytes, sha256, created_at, finished_at) VALUES (x'00000000000070008000000000000" +
        fmt::format("{:03x}", 0x100 + i) +
        "', x'00000000000070008000000000000001', '', 'm', 0, 1, '2026-01-15', true, 'ready', 'b', '" + key + "', 7, '" +
        encoding::sha256_hex("picture") + "', 0, 0)");
    change(
        "INSERT INTO user_days (user_id, local_day, style, pictures, made) VALUES"
        " (x'00000000000070008000000000000001', '2026-01-15', '', 1, 1)"
        " ON CONFLICT (user_id, local_day, style) DO UPDATE SET pictures = pictures + 1, made = made + 1");
  }
  bool walk(bool objects = false) {
    CheckWalk walk(moments_, objects ? &blobs_ : nullptr, rules_, state_, [&] {
      if (++pages_ == stop_after_) {
        walk_->stop();
      }
    });
    walk_ = &walk;
    end_ = loop_.run(walk.run());
    return end_ == WalkEnd::done;
  }

  fakes::Loop loop_;
  std::unique_ptr<sql::Database> database_ = open(loop_.executor());
  std::list<std::string> texts_;
  fakes::MemoryBlobs blobs_;
  Moments moments_{*database_};
  audit::Rules rules_;
  CheckState state_;
  CheckWalk* walk_ = nullptr;
  WalkEnd end_ = WalkEnd::done;
  int pages_ = 0;
  int stop_after_ = 0;
};

TEST_F(CheckWalkTest, LooksAtEverything) {
  EXPECT_TRUE(walk(true));
  EXPECT_EQ(state_.total(), 0);
  EXPECT_EQ(state_.rows, 1 + 5 + 1) << "an account, five requests, a day of them";
  EXPECT_EQ(state_.pictures, 5);
}

TEST_F(CheckWalkTest, WhatIsStillWrongAtASecondLookIsAViolation) {
  change("UPDATE ledger_account SET balance = 3 WHERE kind = 'available'");
  EXPECT_TRUE(walk());
  EXPECT_THAT(state_.sentences, ElementsAre(StartsWith("I2 account"), "I3 all accounts together: 3"));
  EXPECT_EQ(state_.violations[1], 1);
  EXPECT_EQ(state_.total(), 2);
}

TEST_F(CheckWalkTest, WhatWasRightBySecondLookIsNone) {
  change("UPDATE ledger_account SET balance = 3 WHERE kind = 'available'");
  int looks = 0;
  moments_.meanwhile = [&] {
    // The first moment ends with the transfers, the second with the suspicion.
    if (++looks == 2) {
      change("UPDATE ledger_account SET balance = 0 WHERE kind = 'available'");
    }
  };
  EXPECT_TRUE(walk());
  EXPECT_THAT(state_.sentences, IsEmpty());
}

TEST_F(CheckWalkTest, ObjectsAreReadAndCompared) {
  blobs_.objects[{blobs::Bucket::generated, "p1.jpg"}] = "pictured";
  blobs_.objects[{blobs::Bucket::generated, "p2.jpg"}] = "pictore";
  blobs_.objects.erase({blobs::Bucket::generated, "p3.jpg"});
  EXPECT_TRUE(walk(true));
  EXPECT_THAT(state_.sentences, ElementsAre(HasSubstr("p1.jpg has 8 bytes, not 7"), HasSubstr("p2.jpg holds other"),
                                            HasSubstr("p3.jpg: item.not_found")));
}

TEST_F(CheckWalkTest, I21CopiesOfAvatarsModelsAreReadAndCompared) {
  for (int i = 0; i < 3; ++i) {
    const std::string id = fmt::format("x'0000000000007000800000000000030{}'", i);
    change(
        "INSERT INTO avatars (id, user_id, name, gender, avatar_type, training_type, status, training_progress,"
        " fal_mode, fal_iterations, fal_priority, trigger_word, lora_rank, finetune_type, multiresolution_training,"
        " subject_crop, create_masks, captioning, avatar_data, training_config, fal_response_data, photos_count,"
        " generations_count, is_main, is_draft, created_at, updated_at) VALUES (" +
        id +
        ", x'00000000000070008000000000000001', 'a', 'MALE', 'CHARACTER', 'PORTRAIT', 'COMPLETED', 100, '', 0, '', '',"
        " 0, '', true, true, false, true, '{}', '{}', '{}', 0, 0, false, false, 0, 0)");
    const std::string key = fmt::format("avatars/{}.safetensors", i);
    blobs_.objects[{blobs::Bucket::generated, key}] = i == 1 ? "weighty" : "weights";
    change("INSERT INTO avatar_details (avatar_id, made_from, lora_key, lora_bytes, lora_sha256) VALUES (" + id +
           ", 'imported', '" + key + "', 7, '" + encoding::sha256_hex("weights") + "')");
  }
  blobs_.unreadable = {"avatars/2.safetensors"};
  EXPECT_TRUE(walk(true));
  EXPECT_THAT(state_.sentences, ElementsAre(AllOf(StartsWith("I21 avatar"), HasSubstr("1.safetensors holds other"))));
  EXPECT_THAT(state_.unreads, ElementsAre(HasSubstr("2.safetensors")));
  EXPECT_EQ(state_.pictures, 5);
  EXPECT_EQ(state_.loras, 2);
  EXPECT_EQ(state_.total(), 1);
}

TEST_F(CheckWalkTest, OfAPictureWithoutAHashTheLengthIsCompared) {
  change("UPDATE generation_requests SET sha256 = NULL");
  blobs_.objects[{blobs::Bucket::generated, "p1.jpg"}] = "pictured";
  blobs_.objects[{blobs::Bucket::generated, "p2.jpg"}] = "pictore";
  EXPECT_TRUE(walk(true));
  EXPECT_THAT(state_.sentences, ElementsAre(HasSubstr("p1.jpg has 8 bytes, not 7")));
}

TEST_F(CheckWalkTest, AnObjectThatWasPurgedMeanwhileIsNoViolation) {
  blobs_.objects.erase({blobs::Bucket::generated, "p3.jpg"});
  moments_.meanwhile = [&] {
    if (state_.pictures == 5) {
      change(
          "UPDATE generation_requests SET deleted_at = 1, purged_at = 1, object_key = NULL WHERE object_key = "
          "'p3.jpg'");
    }
  };
  EXPECT_TRUE(walk(true));
  EXPECT_THAT(state_.sentences, IsEmpty());
}

TEST_F(CheckWalkTest, Row120_AnObjectThatCannotBeReadNowIsNotReadInsteadOfLost) {
  blobs_.unreadable = {"p1.jpg", "p3.jpg"};
  blobs_.objects.erase({blobs::Bucket::generated, "p2.jpg"});
  change("UPDATE generation_requests SET sha256 = NULL WHERE object_key = 'p3.jpg'");
  EXPECT_TRUE(walk(true));
  EXPECT_THAT(state_.sentences, ElementsAre(HasSubstr("p2.jpg: item.not_found")));
  EXPECT_EQ(state_.total(), 1);
  EXPECT_THAT(state_.unreads, ElementsAre(AllOf(HasSubstr("p1.jpg"), HasSubstr("service.unavailable")),
                                          AllOf(HasSubstr("p3.jpg"), HasSubstr("service.unavailable"))));
  EXPECT_EQ(state_.unread, 2);
  EXPECT_EQ(state_.pictures, 3);
}

TEST_F(CheckWalkTest, AnObjectThatWasPurgedWhileItCouldNotBeReadIsForgotten) {
  blobs_.unreadable = {"p3.jpg"};
  moments_.meanwhile = [&] {
    if (state_.pictures == 4) {
      change(
          "UPDATE generation_requests SET deleted_at = 1, purged_at = 1, object_key = NULL WHERE object_key = "
          "'p3.jpg'");
    }
  };
  EXPECT_TRUE(walk(true));
  EXPECT_EQ(state_.unread, 0);
}

TEST_F(CheckWalkTest, AStoreThatGivesNothingIsLeftAndReadFromThereOnNextTime) {
  for (int i = 5; i < 16; ++i) {
    import(i);
  }
  blobs_.objects[{blobs::Bucket::generated, "p1.jpg"}] = "pictured";
  blobs_.unreadable = {"p2.jpg"};
  for (int i = 4; i < 16; ++i) {
    blobs_.unreadable.insert("p" + std::to_string(i) + ".jpg");
  }
  EXPECT_FALSE(walk(true));
  EXPECT_EQ(end_, WalkEnd::store_away);
  EXPECT_EQ(state_.pictures, 3) << "0, 1, 3";
  EXPECT_THAT(state_.sentences, ElementsAre(HasSubstr("p1.jpg has 8 bytes")));
  EXPECT_THAT(state_.unreads, ElementsAre(HasSubstr("p2.jpg")));
  blobs_.unreadable.clear();
  EXPECT_TRUE(walk(true));
  EXPECT_EQ(state_.pictures, 3 + 12);
  EXPECT_EQ(state_.unread, 1);
}

TEST_F(CheckWalkTest, StoppedItGoesOnWhereItWas) {
  change("UPDATE ledger_account SET balance = 3 WHERE kind = 'available'");
  blobs_.objects.erase({blobs::Bucket::generated, "p3.jpg"});
  blobs_.unreadable = {"p4.jpg"};
  ASSERT_TRUE(walk(true));
  ASSERT_EQ(state_.unread, 1);
  const CheckState whole = state_;
  const int all = pages_;
  const std::string path =
      (std::filesystem::temp_directory_path() / ("aisha-check-" + std::to_string(::getpid()))).string();
  for (int stop = 1; stop < all; ++stop) {
    state_ = {};
    pages_ = 0;
    stop_after_ = stop;
    EXPECT_FALSE(walk(true));
    ASSERT_TRUE(save(state_, path, "it"));
    state_ = load_check_state(path, "it").value();
    stop_after_ = 0;
    EXPECT_TRUE(walk(true));
    EXPECT_EQ(pages_, all) << stop;
    EXPECT_EQ(state_.sentences, whole.sentences);
    EXPECT_EQ(state_.violations, whole.violations);
    EXPECT_EQ(state_.rows, whole.rows);
    EXPECT_EQ(state_.pictures, whole.pictures);
    EXPECT_EQ(state_.unreads, whole.unreads);
    EXPECT_EQ(state_.unread, whole.unread);
  }
  std::filesystem::remove(path);
}

TEST(CheckState, OfSomethingElseIsRefused) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("aisha-state-" + std::to_string(::getpid()))).string();
  std::filesystem::remove(path);
  EXPECT_EQ(load_check_state(path, "it").value().mark, audit::Mark{}) << "no file: from the beginning";
  ASSERT_TRUE(save(CheckState{}, path, "another"));
  EXPECT_THAT(load_check_state(path, "it").error().detail, HasSubstr("of something else"));
  std::ofstream(path) << "{}";
  EXPECT_EQ(load_check_state(path, "it").error().code, Errc::start_failed);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace aisha::app
