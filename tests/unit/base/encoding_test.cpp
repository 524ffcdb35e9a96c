// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/uuid.hpp"

namespace aisha {
namespace {

TEST(Encoding, Base64UrlRoundTripsEveryLength) {
  for (std::size_t n = 0; n < 20; ++n) {
    std::string raw;
    for (std::size_t i = 0; i < n; ++i) {
      raw += static_cast<char>(i * 37 + 200);
    }
    EXPECT_EQ(encoding::from_base64url(encoding::base64url(raw)), raw);
    EXPECT_EQ(encoding::from_base64(encoding::base64(raw)), raw);
  }
}

TEST(Encoding, PercentDecodeRefusesBrokenSequences) {
  EXPECT_EQ(encoding::percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(encoding::percent_decode("%D0%90"), "А");
  EXPECT_FALSE(encoding::percent_decode("a%2"));
  EXPECT_FALSE(encoding::percent_decode("a%zz"));
}

TEST(Encoding, HmacMatchesRfc4231Case2) {
  EXPECT_EQ(encoding::hex(encoding::hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Uuid, Version7SortsByTimeAndRoundTrips) {
  SeededRng rng(1);
  const Uuid first = Uuid::v7(from_epoch_ms(1'700'000'000'000), rng);
  const Uuid second = Uuid::v7(from_epoch_ms(1'700'000'000'001), rng);
  EXPECT_LT(first, second);
  EXPECT_EQ(first.time(), from_epoch_ms(1'700'000'000'000));
  EXPECT_EQ(Uuid::parse(first.to_string()), first);
  EXPECT_EQ(first.to_base64url().size(), 22U);
  EXPECT_EQ(Uuid::from_base64url(first.to_base64url()), first);
  EXPECT_FALSE(Uuid::parse("018f0000-0000-7000-8000-00000000000g"));
}

TEST(Errc, EveryCodeHasATextAndComesBack) {
  EXPECT_EQ(code_of(Errc::prompt_too_long), "prompt.too_long");
  for (int i = 0; i <= static_cast<int>(Errc::http_timeout); ++i) {
    const auto code = static_cast<Errc>(i);
    EXPECT_NE(code_of(code), "internal.bug") << i;
    EXPECT_EQ(errc_from(code_of(code)), code);
  }
}

}  // namespace
}  // namespace aisha
