// SPDX-License-Identifier: Apache-2.0
#include "cache/redis/address.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

namespace aisha::cache::redis {

std::string Address::name() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<Address> parse_address(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->scheme() != "redis" || parsed->encoded_host().empty()) {
    return fail(Errc::config_invalid, "cache.url: expected redis://host:port/0");
  }
  if (parsed->has_query() || parsed->has_fragment()) {
    return fail(Errc::config_invalid, "cache.url: nothing may stand behind the database's number");
  }
  Address out;
  out.host = parsed->host_address();
  out.user = parsed->user();
  out.password = Secret(parsed->password());
  if (parsed->has_port()) {
    out.port = parsed->port_number();
    if (out.port == 0) {
      return fail(Errc::config_invalid, "cache.url: the port is a number from 1 to 65535");
    }
  }
  std::string path = parsed->path();
  path.erase(0, 1);
  if (path.empty()) {
    return out;
  }
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), out.database);
  if (error != std::errc{} || end != path.data() + path.size() || out.database < 0) {
    return fail(Errc::config_invalid, "cache.url: the database behind the last slash is a number");
  }
  return out;
}

}  // namespace aisha::cache::redis
