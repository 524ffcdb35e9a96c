// SPDX-License-Identifier: Apache-2.0
#include "http/client/proxy.hpp"

#include <gtest/gtest.h>

#include <map>

namespace aisha::http {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

ProxyRules rules(const ProxySettings& settings, const Variables& environment = {}) {
  return ProxyRules::make(settings,
                          [&](std::string_view name) -> std::optional<std::string> {
                            const auto found = environment.find(name);
                            return found == environment.end() ? std::nullopt : std::optional(found->second);
                          })
      .value();
}

TEST(ProxyRules, k11_ASettingLeadsEverythingOutsideThroughTheProxy) {
  const ProxyRules proxies = rules({"http://proxy.corp.example:3128", ""});
  EXPECT_EQ(proxies.proxy_for("https://api.telegram.org/bot1:x/getMe"), "http://proxy.corp.example:3128");
  EXPECT_EQ(proxies.proxy_for("http://files.example.org/a"), "http://proxy.corp.example:3128");
}

TEST(ProxyRules, k11_LocalAddressesNeverGoThroughAProxy) {
  const ProxyRules proxies = rules({"http://proxy.corp.example:3128", ""});
  for (const char* url : {"http://127.0.0.1:8081/", "http://localhost:9000/b", "http://[::1]/", "http://10.1.2.3/",
                          "http://192.168.1.4:9000/", "http://minio:9000/a", "https://s3.localhost/",
                          "http://[fd00::1]/", "http://user:pw@172.16.0.1/"}) {
    EXPECT_EQ(proxies.proxy_for(url), "") << url;
  }
  EXPECT_NE(proxies.proxy_for("http://8.8.8.8/"), "");
}

TEST(ProxyRules, k11_TheEnvironmentCountsWhereNothingIsSet) {
  const ProxyRules by_scheme = rules({}, {{"https_proxy", "http://a.example:1"}, {"http_proxy", "b.example:2"}});
  EXPECT_EQ(by_scheme.proxy_for("https://x.example/"), "http://a.example:1");
  EXPECT_EQ(by_scheme.proxy_for("http://x.example/"), "http://b.example:2");
  EXPECT_EQ(rules({}, {{"ALL_PROXY", "socks5h://c.example:3"}}).proxy_for("https://x.example/"),
            "socks5h://c.example:3");
  EXPECT_EQ(rules({}, {{"HTTP_PROXY", "http://d.example:4"}}).proxy_for("http://x.example/"), "")
      << "a CGI caller could set it";
  EXPECT_EQ(
      rules({"http://set.example:5", ""}, {{"https_proxy", "http://a.example:1"}}).proxy_for("https://x.example/"),
      "http://set.example:5");
  EXPECT_FALSE(rules({}).any());
}

TEST(ProxyRules, k11_SomeHostsAreReachedWithout) {
  const ProxyRules proxies = rules({"http://p.example:1", "fal.media, .corp.example *.inside.example"});
  for (const char* url :
       {"https://fal.media/", "https://v3.fal.media/", "https://s3.corp.example/", "https://a.inside.example/"}) {
    EXPECT_EQ(proxies.proxy_for(url), "") << url;
  }
  EXPECT_NE(proxies.proxy_for("https://evilfal.media/"), "");
  EXPECT_EQ(rules({"http://p.example:1", "*"}).proxy_for("https://x.example/"), "");
  EXPECT_EQ(
      rules({}, {{"https_proxy", "http://p.example:1"}, {"NO_PROXY", "x.example"}}).proxy_for("https://x.example/"),
      "");
}

TEST(ProxyRules, k11_WhatIsNoProxyIsRefusedWithoutShowingIt) {
  for (const char* proxy : {"ftp://user:secret@p.example", "http://", "socks9://p"}) {
    const auto made = ProxyRules::make({proxy, ""}, [](std::string_view) { return std::nullopt; });
    ASSERT_FALSE(made) << proxy;
    EXPECT_EQ(made.error().code, Errc::config_invalid);
    EXPECT_EQ(made.error().detail.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace aisha::http
