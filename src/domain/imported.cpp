// SPDX-License-Identifier: Apache-2.0
#include "domain/imported.hpp"

#include <algorithm>
#include <cmath>

#include "base/encoding.hpp"

namespace aisha::domain {
namespace {

constexpr double kMostCoins = 9'007'199'254'740'992.0;  // 2^53

}  // namespace

Uuid imported_id(TimePoint created_at, const Uuid& old_id, std::size_t index) {
  const auto digest = encoding::sha256("adopted:" + old_id.to_string() + ":" + std::to_string(index));
  Uuid id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  const auto ms = static_cast<std::uint64_t>(epoch_ms(created_at));
  for (unsigned i = 0; i < 6; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>(ms >> (8U * (5U - i)));
  }
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

std::string place_of(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    return "";
  }
  url = url.substr(0, url.find_first_of("?#"));
  const auto host = url.find("://") + 3;
  const auto path = std::min(url.find('/', host), url.size());
  const auto user = url.substr(0, path).rfind('@');
  const auto from = user == std::string_view::npos ? host : user + 1;
  return std::string(url.substr(0, host)) + std::string(url.substr(from));
}

std::optional<std::string> key_in(std::string_view place, std::string_view bucket) {
  const auto scheme = place.find("://");
  if (scheme == std::string_view::npos || bucket.empty()) {
    return std::nullopt;
  }
  const std::string_view rest = place.substr(scheme + 3);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view host = rest.substr(0, slash);
  std::string_view path = rest.substr(slash + 1);
  if (path.starts_with(bucket) && path.substr(bucket.size()).starts_with('/')) {
    path.remove_prefix(bucket.size() + 1);
  } else if (!host.starts_with(bucket) || !host.substr(bucket.size()).starts_with('.')) {
    return std::nullopt;
  }
  auto key = encoding::percent_decode(path);
  return key && !key->empty() ? key : std::nullopt;
}

std::optional<std::int64_t> whole_coins(double coins) {
  // Written so that "not a number" fails too.
  if (!(coins >= 0 && coins < kMostCoins)) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(std::floor(coins));
}

}  // namespace aisha::domain
