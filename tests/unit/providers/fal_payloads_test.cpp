// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/fal_platform.hpp"

#include "tests/unit/providers/fal_test.hpp"

namespace aisha::providers::fal {
namespace {

class FalPayloadsTest : public FalTest {
 protected:
  Result<void> remove() { return fakes::run_task(payloads_.remove("r/1")); }
  Errc refusal(int status) {
    http_.answer(status, "{}");
    return remove().error().code;
  }

  FalPlatform payloads_{http_, {Secret("id:secret"), Secret("admin:secret"), "https://api.fal.ai", Millis(1'000)}};
};

TEST_F(FalPayloadsTest, AreDeletedWithTheAdminKeyAndUnknownOnesAreGone) {
  for (const int status : {200, 204, 404, 410}) {
    http_.answer(status, "{}");
    EXPECT_TRUE(remove()) << status;
  }
  EXPECT_EQ(http_.requests[0].method, "DELETE");
  EXPECT_EQ(http_.requests[0].url, "https://api.fal.ai/v1/models/requests/r%2F1/payloads");
  EXPECT_EQ(http_.header(0, "Authorization"), "Key admin:secret");
}

TEST_F(FalPayloadsTest, ARefusedKeyAPassingTroubleAndARefusalAreToldApart) {
  EXPECT_EQ(refusal(401), Errc::provider_auth);
  EXPECT_EQ(refusal(403), Errc::provider_auth);
  EXPECT_EQ(refusal(429), Errc::unavailable);
  EXPECT_EQ(refusal(503), Errc::unavailable);
  EXPECT_EQ(refusal(422), Errc::provider_rejected);
}

TEST_F(FalPayloadsTest, OfManyEachIsAskedForOnceAndARefusedKeyEndsIt) {
  for (int i = 0; i < 20; ++i) {
    http_.answer(200, "{}");
  }
  std::vector<std::string> ids(20, "r");
  EXPECT_EQ(fakes::run_task(payloads_.remove_all(ids, [] { return true; })), 20);
  EXPECT_EQ(http_.requests.size(), 20U);
  EXPECT_EQ(fakes::run_task(payloads_.remove_all(ids, [] { return false; })), 0) << "the time is over";
  EXPECT_EQ(http_.requests.size(), 20U);
  for (int i = 0; i < 20; ++i) {
    http_.answer(403, "{}");
  }
  EXPECT_EQ(fakes::run_task(payloads_.remove_all(ids, [] { return true; })), 0);
  EXPECT_LE(http_.requests.size(), 28U);
  FalPlatform without(http_, {});
  EXPECT_FALSE(without.may_remove());
  EXPECT_EQ(fakes::run_task(without.remove_all(ids, [] { return true; })), 0);
}

}  // namespace
}  // namespace aisha::providers::fal
