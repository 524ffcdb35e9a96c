// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_platform.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/run_task.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::providers::fal {
namespace {

class FalPricesTest : public testing::Test {
 protected:
  Result<std::optional<ListedPrice>> price() { return fakes::run_task(prices_.price_of("fal-ai/flux-lora")); }

  fakes::ScriptedHttp http_;
  FalPlatform prices_{http_, {Secret("id:secret"), Secret(), "https://api.example", Millis(1'000)}};
};

TEST_F(FalPricesTest, APriceIsThatOfTheEndpointThatWasAskedFor) {
  http_.answer(200, R"({"prices":[{"endpoint_id":"fal-ai/other","unit_price":1,"unit":"images"},)"
                    R"({"endpoint_id":"fal-ai/flux-lora","unit_price":0.035,"unit":"megapixels","currency":"USD"}]})");
  const auto got = price();
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->micro_usd, 35'000);
  EXPECT_EQ((*got)->unit, "megapixels");
  EXPECT_EQ(http_.requests.at(0).url, "https://api.example/v1/models/pricing?endpoint_id=fal-ai%2Fflux-lora");
}

TEST_F(FalPricesTest, OnlyFalsOwnWordSaysThatAnEndpointIsNotListed) {
  http_.answer(404, R"({"detail":"Endpoint not found"})");
  const auto missing = price();
  ASSERT_TRUE(missing);
  EXPECT_FALSE(missing->has_value());
  http_.answer(200, R"({"prices":[]})");
  const auto unlisted = price();
  ASSERT_TRUE(unlisted);
  EXPECT_FALSE(unlisted->has_value());
  http_.answer(404, "<html>nginx</html>");
  EXPECT_EQ(price().error().code, Errc::unavailable);
}

TEST_F(FalPricesTest, WhatIsNoListIsTroubleAndSwitchesNothing) {
  for (const char* body : {"{}", "[]", "<html>", R"({"prices":[{"endpoint_id":"fal-ai/flux-lora"}]})"}) {
    http_.answer(200, body);
    EXPECT_EQ(price().error().code, Errc::provider_protocol) << body;
  }
  http_.answer(401, R"({"detail":"no"})");
  EXPECT_EQ(price().error().code, Errc::provider_auth);
  http_.answer(500, "");
  EXPECT_EQ(price().error().code, Errc::unavailable);
  http_.break_with(Errc::net_unknown);
  EXPECT_EQ(price().error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha::providers::fal
