// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/bucket_owner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/loop.hpp"
#include "tests/fakes/memory_blobs.hpp"

namespace aisha::services {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Uuid database(std::uint8_t number) {
  Uuid out;
  out.bytes.fill(number);
  return out;
}

class BucketOwnerTest : public ::testing::Test {
 protected:
  Result<void> claim(const Uuid& id) { return loop_.run(claim_bucket(blobs_, id)); }
  Result<void> check(const Uuid& id) { return loop_.run(check_bucket(blobs_, id)); }
  Result<void> take(const Uuid& id) { return loop_.run(take_bucket(blobs_, id)); }
  static Errc code_of_refusal(const Result<void>& refused) {
    EXPECT_FALSE(refused);
    return refused ? Errc::conflict : refused.error().code;
  }

  fakes::Loop loop_;
  fakes::MemoryBlobs blobs_;
  Uuid first_ = database(1);
  Uuid second_ = database(2);
};

TEST_F(BucketOwnerTest, TheFirstDatabaseHasItAndItsProcessesAgree) {
  EXPECT_EQ(code_of_refusal(check(first_)), Errc::not_found);
  EXPECT_TRUE(claim(first_));
  EXPECT_TRUE(claim(first_));
  EXPECT_TRUE(check(first_));
  EXPECT_EQ(blobs_.objects.size(), 1U);
}

TEST_F(BucketOwnerTest, Row100_AnotherDatabaseIsRefusedWithWhatToDoAndLeavesNothing) {
  ASSERT_TRUE(claim(first_));
  const auto refused = claim(second_);
  EXPECT_EQ(code_of_refusal(refused), Errc::db_foreign);
  EXPECT_THAT(refused.error().detail, AllOf(HasSubstr(first_.to_string()), HasSubstr(second_.to_string()),
                                            HasSubstr("[blobs]"), HasSubstr("aisha migrate --take-over")));
  EXPECT_EQ(code_of_refusal(check(second_)), Errc::db_foreign);
  EXPECT_TRUE(check(first_));
}

TEST_F(BucketOwnerTest, OfTwoThatComeAtOnceNoneBelievesToBeAlone) {
  Result<void> other;
  blobs_.after_put = [&] { other = claim(second_); };
  // The second looks before it writes, and finds the first one's mark.
  EXPECT_TRUE(claim(first_));
  EXPECT_EQ(code_of_refusal(other), Errc::db_foreign);
  // Both looked before either wrote.
  blobs_.objects.clear();
  blobs_.after_put = [&] { blobs_.objects[{blobs::Bucket::generated, "databases/" + second_.to_string()}] = ""; };
  EXPECT_EQ(code_of_refusal(claim(first_)), Errc::db_foreign);
  EXPECT_TRUE(check(second_)) << "the mark of the one that gave way is gone";
}

TEST_F(BucketOwnerTest, ATakeoverShutsTheOtherOut) {
  ASSERT_TRUE(claim(first_));
  EXPECT_TRUE(take(second_));
  EXPECT_TRUE(check(second_));
  EXPECT_EQ(code_of_refusal(check(first_)), Errc::db_foreign);
  EXPECT_TRUE(take(second_)) << "again";
}

TEST_F(BucketOwnerTest, AStoreThatIsAwayIsNobodysGuess) {
  ASSERT_TRUE(claim(first_));
  blobs_.broken = Errc::unavailable;
  EXPECT_EQ(code_of_refusal(check(first_)), Errc::unavailable);
  EXPECT_EQ(code_of_refusal(claim(second_)), Errc::unavailable);
  EXPECT_EQ(code_of_refusal(take(second_)), Errc::unavailable);
  blobs_.broken.reset();
  EXPECT_TRUE(check(first_));
}

}  // namespace
}  // namespace aisha::services
