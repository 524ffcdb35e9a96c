// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/public_files.hpp"

#include <filesystem>

#include "tests/unit/providers/fal_test.hpp"

namespace aisha::providers::fal {
namespace {

class PublicFilesTest : public FalTest {
 protected:
  Result<Digest> fetch(std::string url) { return fakes::run_task(files_.fetch(std::move(url), path_, 1'000)); }
  Errc refusal(std::string url) {
    const auto got = fetch(std::move(url));
    EXPECT_TRUE(http_.requests.empty());
    return got ? Errc::unavailable : got.error().code;
  }
  Errc refused_with(int status) {
    http_.answer(status);
    return fetch("https://models.example.org/a").error().code;
  }

  std::string path_ = testing::TempDir() + "public-files-test";
  PublicFiles files_{http_, options()};
};

TEST_F(PublicFilesTest, AnyPublicNameIsAskedOverHttpsWithoutTheKeyAndWithinTheLimit) {
  http_.answer(200);
  EXPECT_TRUE(fetch("https://models.example.org:8443/a.safetensors?x=1"));
  EXPECT_EQ(http_.header(0, "Authorization"), "");
  EXPECT_EQ(http_.requests[0].peers, http::Peers::public_only);
  EXPECT_EQ(http_.requests[0].max_body, 1'000U);
  EXPECT_GT(http_.requests[0].stall_timeout.count(), 0);
  ASSERT_NE(http_.requests[0].sink, nullptr) << "it is never whole in memory";
}

TEST_F(PublicFilesTest, AListedOriginIsExempt) {
  http_.answer(200);
  EXPECT_TRUE(fetch("http://127.0.0.1:8081/a.safetensors"));
  EXPECT_EQ(http_.requests[0].peers, http::Peers::any);
}

TEST_F(PublicFilesTest, Row147NoHttpsOrAnAddressOrASecretInItIsNeverAskedFor) {
  for (const char* url : {"http://models.example.org/a", "http://127.0.0.1:8082/a", "ftp://models.example.org/a",
                          "file:///etc/passwd", "https://me:pw@models.example.org/a", "models.example.org/a", ""}) {
    EXPECT_EQ(refusal(url), Errc::result_url_refused) << url;
  }
  for (const char* url : {"https://127.0.0.1/a", "https://10.0.0.1/a", "https://[::1]/a", "https://2130706433/a",
                          "https://169.254.169.254/latest", "https://127.0.0.1:8081/a"}) {
    EXPECT_EQ(refusal(url), Errc::result_address_refused) << url;
  }
}

TEST_F(PublicFilesTest, WhatCannotBeHadIsSaidAndNoFileIsLeft) {
  EXPECT_EQ(refused_with(302), Errc::result_redirect_refused);
  EXPECT_EQ(refused_with(404), Errc::result_gone);
  EXPECT_EQ(refused_with(503), Errc::unavailable);
  for (const Errc code : {Errc::net_too_large, Errc::result_address_refused, Errc::disk_full}) {
    http_.break_with(code);
    EXPECT_EQ(fetch("https://models.example.org/a").error().code, code);
  }
  http_.break_with(Errc::net_unknown);
  EXPECT_EQ(fetch("https://models.example.org/a").error().code, Errc::unavailable);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace aisha::providers::fal
