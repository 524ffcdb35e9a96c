// SPDX-License-Identifier: Apache-2.0
#include "http/client/proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "http/client/peers.hpp"

namespace aisha::http {
namespace {

constexpr std::array kSchemes = {"http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// Without brackets, port and user.
std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    rest.remove_prefix(at + 1);
  }
  if (rest.starts_with('[')) {
    return lower(rest.substr(1, rest.find(']') - 1));
  }
  std::string host = lower(rest.substr(0, rest.find(':')));
  while (host.ends_with('.')) {
    host.pop_back();
  }
  return host;
}

/// Nothing: a name.
std::optional<bool> public_address(const std::string& host) {
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    return is_public_address(reinterpret_cast<const sockaddr&>(storage));
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    return is_public_address(reinterpret_cast<const sockaddr&>(storage));
  }
  return std::nullopt;
}

bool is_near(const std::string& host) {
  if (const auto address = public_address(host)) {
    return !*address;
  }
  return host.find('.') == std::string::npos || host.ends_with(".localhost");
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> out;
  std::string entry;
  for (const char c : std::string(list) + ",") {
    if (c != ',' && c != ' ') {
      entry += c;
    } else if (!entry.empty()) {
      out.push_back(lower(std::exchange(entry, {})));
    }
  }
  return out;
}

bool covers(std::string_view entry, std::string_view host) {
  if (entry == "*") {
    return true;
  }
  entry.remove_prefix(entry.starts_with("*.") ? 2 : entry.starts_with('.') ? 1 : 0);
  return host == entry || (host.ends_with(entry) && host[host.size() - entry.size() - 1] == '.');
}

std::string first_of(const std::function<std::optional<std::string>(std::string_view)>& environment,
                     std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    auto value = environment(name);
    if (value && !value->empty()) {
      return std::move(*value);
    }
  }
  return "";
}

bool is_proxy(const std::string& url) {
  const bool known = std::ranges::any_of(kSchemes, [&](const char* scheme) { return url.starts_with(scheme); });
  return url.empty() || (known && !host_of(url).empty());
}

}  // namespace

Result<ProxyRules> ProxyRules::make(const ProxySettings& settings,
                                    const std::function<std::optional<std::string>(std::string_view)>& environment) {
  ProxyRules rules;
  rules.for_https_ = rules.for_http_ = settings.proxy;
  if (settings.proxy.empty()) {
    rules.for_https_ = first_of(environment, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
    rules.for_http_ = first_of(environment, {"http_proxy", "all_proxy", "ALL_PROXY"});
  }
  for (std::string* proxy : {&rules.for_https_, &rules.for_http_}) {
    // "host:port" is what many write into the environment.
    if (!proxy->empty() && proxy->find("://") == std::string::npos) {
      proxy->insert(0, "http://");
    }
    if (!is_proxy(*proxy)) {
      return fail(Errc::config_invalid, "a proxy is http://host:port, https://…, socks4a://… or socks5h://…");
    }
  }
  rules.direct_ =
      split(settings.no_proxy.empty() ? first_of(environment, {"no_proxy", "NO_PROXY"}) : settings.no_proxy);
  return rules;
}

std::string_view ProxyRules::proxy_for(std::string_view url) const {
  if (!any()) {
    return {};
  }
  const std::string host = host_of(url);
  if (is_near(host) || std::ranges::any_of(direct_, [&](const auto& entry) { return covers(entry, host); })) {
    return {};
  }
  return url.starts_with("https://") ? for_https_ : for_http_;
}

}  // namespace aisha::http
