// SPDX-License-Identifier: Apache-2.0
#include "domain/imported.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace aisha::domain {
namespace {

const Uuid kOld = *Uuid::parse("0f8fad5b-d9cb-469f-a165-70867728950e");
const TimePoint kWhen = from_epoch_ms(1'748'779'200'123);

TEST(Imported, AnImportedIdIsTheSameEachTimeSortsByTheOldDateAndDiffersByPicture) {
  const Uuid first = imported_id(kWhen, kOld, 0);
  EXPECT_EQ(first, imported_id(kWhen, kOld, 0));
  EXPECT_NE(first, imported_id(kWhen, kOld, 1));
  EXPECT_EQ(first.time(), kWhen);
  EXPECT_EQ(first.to_string().at(14), '7');
  EXPECT_NE(std::string("89ab").find(first.to_string().at(19)), std::string::npos);
  EXPECT_LT(imported_id(kWhen, kOld, 5), imported_id(kWhen + Millis(1), kOld, 0));
}

TEST(Imported, APlaceKeepsNoSignatureAndNoUser) {
  EXPECT_EQ(place_of("http://minio:9000/pics/2025/06/a.jpg?X-Amz-Signature=abc&X-Amz-Expires=60#x"),
            "http://minio:9000/pics/2025/06/a.jpg");
  EXPECT_EQ(place_of("https://key:secret@s3.example/pics/a@b.jpg"), "https://s3.example/pics/a@b.jpg");
  EXPECT_EQ(place_of("https://s3.example"), "https://s3.example");
  for (const char* none : {"", "ftp://x/y", "/pics/a.jpg", "javascript:alert(1)"}) {
    EXPECT_EQ(place_of(none), "") << none;
  }
}

TEST(Imported, AKeyIsFoundInBothStylesAndOnlyInItsBucket) {
  EXPECT_EQ(key_in("http://minio:9000/pics/2025/06/a%20b.jpg", "pics"), "2025/06/a b.jpg");
  EXPECT_EQ(key_in("https://pics.s3.example/2025/a.jpg", "pics"), "2025/a.jpg");
  for (const char* other : {"http://minio:9000/pictures/a.jpg", "http://minio:9000/pics", "http://minio:9000/pics/",
                            "https://v3.fal.media/files/a.png", "https://picsy.example/a.jpg", "", "x"}) {
    EXPECT_FALSE(key_in(other, "pics")) << other;
  }
}

TEST(Imported, CoinsAreRoundedDownAndNonsenseIsNoBalance) {
  EXPECT_EQ(whole_coins(0), 0);
  EXPECT_EQ(whole_coins(12.99), 12);
  EXPECT_EQ(whole_coins(0.9), 0);
  for (const double none :
       {-0.5, -1e9, 1e300, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_FALSE(whole_coins(none)) << none;
  }
}

}  // namespace
}  // namespace aisha::domain
