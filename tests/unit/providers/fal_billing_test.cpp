// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_platform.hpp"

#include <gtest/gtest.h>

#include "tests/fakes/run_task.hpp"
#include "tests/fakes/scripted_http.hpp"

namespace aisha::providers::fal {
namespace {

class FalBillingTest : public testing::Test {
 protected:
  Result<BillPage> page(std::string after = {}) {
    return fakes::run_task(billing_.page(from_epoch_ms(0), from_epoch_ms(86'400'000), std::move(after)));
  }

  fakes::ScriptedHttp http_;
  FalPlatform billing_{http_, {Secret("id:secret"), Secret("admin:secret"), "https://api.example", Millis(1'000), 2}};
};

TEST_F(FalBillingTest, AnEventIsWhatItCostAndAPageLeadsToTheNext) {
  http_.answer(200, R"({"billing_events":[)"
                    R"({"request_id":"a","endpoint_id":"fal-ai/flux-lora","cost_estimate_nano_usd":105000000},)"
                    R"({"request_id":"b","endpoint_id":"openrouter/router","output_units":2,"unit_price":0.05,)"
                    R"("percent_discount":10}],"next_cursor":"Mg==","has_more":true})");
  const auto got = page();
  ASSERT_TRUE(got);
  ASSERT_EQ(got->requests.size(), 2U);
  EXPECT_EQ(got->requests[0].request_id, "a");
  EXPECT_EQ(got->requests[0].endpoint, "fal-ai/flux-lora");
  EXPECT_EQ(got->requests[0].micro_usd, 105'000);
  EXPECT_FALSE(got->requests[0].makes_words);
  EXPECT_EQ(got->requests[1].micro_usd, 90'000);
  EXPECT_TRUE(got->requests[1].makes_words);
  EXPECT_EQ(got->next, "Mg==");
  EXPECT_EQ(http_.requests.at(0).url,
            "https://api.example/v1/models/billing-events?start=1970-01-01T00%3A00%3A00.000Z"
            "&end=1970-01-02T00%3A00%3A00.000Z&limit=2");
  EXPECT_EQ(http_.header(0, "Authorization"), "Key admin:secret");
  http_.answer(200, R"({"billing_events":[],"next_cursor":null,"has_more":false})");
  const auto last = page("Mg==");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->next, "");
  EXPECT_TRUE(http_.requests.at(1).url.ends_with("&cursor=Mg%3D%3D"));
}

TEST_F(FalBillingTest, WhatIsNoBillIsTrouble) {
  for (const char* body : {"{}", "[]", "<html>", R"({"billing_events":[{"request_id":"a"}]})",
                           R"({"billing_events":[{"cost_estimate_nano_usd":1}]})", R"({"billing_events":[1]})",
                           R"({"billing_events":[],"has_more":true,"next_cursor":null})"}) {
    http_.answer(200, body);
    EXPECT_EQ(page().error().code, Errc::provider_protocol) << body;
  }
  http_.answer(200, R"({"billing_events":[],"has_more":true,"next_cursor":"Mg=="})");
  EXPECT_EQ(page("Mg==").error().code, Errc::provider_protocol) << "the same page for ever";
  http_.answer(403, R"({"detail":"no"})");
  EXPECT_EQ(page().error().code, Errc::provider_auth);
  http_.answer(500, "");
  EXPECT_EQ(page().error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha::providers::fal
