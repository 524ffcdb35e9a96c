// SPDX-License-Identifier: Apache-2.0
#include "providers/fal/urls.hpp"
#include "tests/unit/providers/fal_test.hpp"

namespace aisha::providers::fal {
namespace {

TEST_F(FalTest, APictureOfTheMediaHostIsFetchedWithoutTheKeyAndOnlyFromPublicPeers) {
  http_.answer(200, "jpeg");
  EXPECT_EQ(download("https://v3.fal.media/files/a.jpg").value(), "jpeg");
  EXPECT_EQ(http_.header(0, "Authorization"), "");
  EXPECT_EQ(http_.requests[0].peers, http::Peers::public_only);
  EXPECT_EQ(http_.requests[0].max_body, 32U << 20U);
  EXPECT_GT(http_.requests[0].stall_timeout.count(), 0);
}

TEST_F(FalTest, AListedOriginIsExemptFromSchemePortAndAddressRules) {
  http_.answer(200, "jpeg");
  EXPECT_EQ(download("http://127.0.0.1:8081/fal-files/a.jpg").value(), "jpeg");
  EXPECT_EQ(http_.requests[0].peers, http::Peers::any);
}

TEST_F(FalTest, AnotherPortOfAListedOriginIsNotExempt) {
  EXPECT_EQ(refusal_of("http://127.0.0.1:8082/fal-files/a.jpg"), Errc::result_origin_unknown);
  EXPECT_EQ(refusal_of("https://127.0.0.1:8081/fal-files/a.jpg"), Errc::result_address_refused);
}

TEST_F(FalTest, k11_AnOriginThatNoSettingNamesIsUnknownAndNamed) {
  for (const char* url : {"https://files.example.org/a.jpg", "https://FILES.example.org:443/b?c"}) {
    const auto refused = download(url);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::result_origin_unknown) << url;
    EXPECT_EQ(refused.error().detail, "https://files.example.org") << url;
  }
}

TEST_F(FalTest, k11_APatternNamesHostsAndLeavesTheOtherRules) {
  Options options;
  options.file_origins = {"*.example.org", "https://*.example.net:8443", "http://127.0.0.1:*"};
  const auto code = [&](std::string_view url) -> std::string {
    const auto rule = check_download(options, url);
    if (rule) {
      return std::string(rule->exempt ? "exempt" : "public");
    }
    return std::string(code_of(rule.error().code));
  };
  EXPECT_EQ(code("https://v4.example.org/a"), "public");
  EXPECT_EQ(code("https://a.b.example.org/a"), "public");
  EXPECT_EQ(code("https://v4.example.net:8443/a"), "public");
  EXPECT_EQ(code("http://127.0.0.1:9000/a"), "exempt");
  EXPECT_EQ(code("https://example.org/a"), "result.origin_unknown");
  EXPECT_EQ(code("https://evilexample.org/a"), "result.origin_unknown");
  EXPECT_EQ(code("https://v4.example.net/a"), "result.origin_unknown");
  EXPECT_EQ(code("http://v4.example.org/a"), "result.url_refused");
  EXPECT_EQ(code("http://127.0.0.1:9000@evil.example/a"), "result.url_refused");
  EXPECT_EQ(code("http://127.0.0.1:9000.evil.example/a"), "result.url_refused");
}

TEST_F(FalTest, Row41OtherSchemesHostsPortsAndUserinfoAreRefused) {
  for (const char* url :
       {"http://v3.fal.media/a.jpg", "file:///etc/passwd", "ftp://v3.fal.media/a",
        "data:image/png;base64,AA==", "https:///a.jpg", "https://me:pw@v3.fal.media/a.jpg", "", "//v3.fal.media/a",
        "https://v3.fal.media\\@evil.example/a", "https://v3.fal.media /a", "https://fal.media:A42/a",
        "https://a$b.fal.media/a", "http://127.0.0.1:8081.evil.example/a", "http://127.0.0.1:8081@evil.example/a"}) {
    EXPECT_EQ(refusal_of(url), Errc::result_url_refused) << url;
  }
  for (const char* url : {"https://v3.fal.media:22/a.jpg", "https://fal.media.evil.example/a",
                          "https://evilfal.media/a", "https://example.com/v3.fal.media"}) {
    EXPECT_EQ(refusal_of(url), Errc::result_origin_unknown) << url;
  }
}

TEST_F(FalTest, Row42AddressesInAnyNotationAreRefused) {
  for (const char* url : {"https://127.0.0.1/a", "https://169.254.169.254/latest", "https://[::1]/a",
                          "https://10.0.0.1/a", "https://2130706433/a", "https://0177.0.0.1/a", "https://0x7f.1/a",
                          "https://127.1/a", "https://[::ffff:127.0.0.1]/a", "https://127.0.0.1./a"}) {
    EXPECT_EQ(refusal_of(url), Errc::result_address_refused) << url;
  }
}

TEST_F(FalTest, Row42ANameThatLeadsToAPrivateAddressIsRefusedByTheSocket) {
  http_.break_with(Errc::result_address_refused);
  EXPECT_EQ(download("https://rebind.fal.media/a.jpg").error().code, Errc::result_address_refused);
}

TEST_F(FalTest, Row43ARedirectIsRefused) {
  http_.answer(302, "", {{"Location", "https://evil.example/"}});
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::result_redirect_refused);
}

TEST_F(FalTest, Row44AGonePictureIsSaidToBeGone) {
  http_.answer(404);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::result_gone);
  http_.answer(410);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::result_gone);
}

TEST_F(FalTest, Row51TooManyBytesAndASlowBodyAreToldApart) {
  http_.break_with(Errc::net_too_large);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::image_too_many_bytes);
  http_.break_with(Errc::net_unknown);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::download_timeout);
}

TEST_F(FalTest, PassingTroubleOfADownloadMayBeRetried) {
  http_.answer(503);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::unavailable);
  http_.break_with(Errc::net_not_sent);
  EXPECT_EQ(download("https://v3.fal.media/a.jpg").error().code, Errc::unavailable);
}

}  // namespace
}  // namespace aisha::providers::fal
