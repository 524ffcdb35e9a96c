// SPDX-License-Identifier: Apache-2.0
#include "cache/versioned.hpp"

#include "base/encoding.hpp"

namespace aisha::cache {
namespace {

constexpr std::size_t kSumBytes = 8;

/// The version goes into the sum, so that no bytes of one version pass for another's.
std::string sum_of(std::uint32_t version, std::string_view value) {
  const auto digest = encoding::sha256(std::to_string(version) + ":" + std::string(value));
  return {reinterpret_cast<const char*>(digest.data()), kSumBytes};
}

}  // namespace

std::string seal(std::uint32_t version, std::string_view value) {
  return sum_of(version, value) + std::string(value);
}

std::optional<std::string> unseal(std::uint32_t version, std::string_view sealed) {
  if (sealed.size() < kSumBytes) {
    return std::nullopt;
  }
  const std::string_view value = sealed.substr(kSumBytes);
  if (sum_of(version, value) != sealed.substr(0, kSumBytes)) {
    return std::nullopt;
  }
  return std::string(value);
}

}  // namespace aisha::cache
