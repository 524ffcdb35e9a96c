// SPDX-License-Identifier: Apache-2.0
#include "http/server/target.hpp"

#include <optional>
#include <string_view>

#include "base/encoding.hpp"

namespace aisha::http {

bool read_target(ServerRequest& request) {
  std::string_view target = request.target;
  if (target.starts_with("http://") || target.starts_with("https://")) {  // absolute form, RFC 9112 §3.2.2
    const auto slash = target.find('/', target.find("//") + 2);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  const auto question = target.find('?');
  auto path = encoding::percent_decode(target.substr(0, question));
  if (!path || !path->starts_with('/')) {
    return false;
  }
  request.path = std::move(*path);
  std::string_view query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    const auto equals = pair.find('=');
    auto name = encoding::percent_decode(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                  : encoding::percent_decode(pair.substr(equals + 1), true);
    if (!name || !value) {
      return false;
    }
    if (!pair.empty()) {
      request.query[std::move(*name)] = std::move(*value);
    }
  }
  return true;
}

}  // namespace aisha::http
