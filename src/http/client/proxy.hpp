// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace aisha::http {

/// What is configured; "" = what the environment says.
struct ProxySettings {
  std::string proxy;     ///< "http://[user:password@]host:port", "socks5h://…"
  std::string no_proxy;  ///< hosts that are reached without: "example.org, .internal, 203.0.113.7", or "*"
};

/// Which requests go out through a proxy. This machine, addresses that are not public and names without a dot never do.
class ProxyRules {
 public:
  /// No proxy at all.
  ProxyRules() = default;

  /// `environment`: https_proxy, http_proxy, all_proxy and no_proxy are read, in capitals too (but HTTP_PROXY, which a
  /// CGI caller could set). Errc::config_invalid: a proxy that is no URL of a scheme we know; the text names no
  /// password.
  static Result<ProxyRules> make(const ProxySettings& settings,
                                 const std::function<std::optional<std::string>(std::string_view)>& environment);

  /// The proxy for a request to `url`; "" = none.
  std::string_view proxy_for(std::string_view url) const;
  bool any() const { return !for_http_.empty() || !for_https_.empty(); }

 private:
  std::string for_http_;
  std::string for_https_;
  std::vector<std::string> direct_;
};

}  // namespace aisha::http
