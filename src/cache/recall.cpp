// SPDX-License-Identifier: Apache-2.0
#include "cache/recall.hpp"

#include <algorithm>

#include "cache/versioned.hpp"

namespace aisha::cache {
namespace {

constexpr Millis kSettling{10'000};

}  // namespace

Task<std::optional<std::string>> recall(Cache& cache, keys::Entry entry, std::uint32_t version) {
  const auto sealed = co_await cache.get(std::move(entry.key));
  co_return sealed ? unseal(version, *sealed) : std::nullopt;
}

Task<void> keep(Cache& cache, keys::Entry entry, std::uint32_t version, std::string value) {
  std::string sealed = seal(version, value);
  co_await cache.add(std::move(entry.key), std::move(sealed), entry.ttl);
}

Task<void> forget(Cache& cache, keys::Entry entry) {
  // Nobody unseals an empty value, and `add` leaves it alone.
  const Millis ttl = std::min(kSettling, entry.ttl);
  co_await cache.put(std::move(entry.key), std::string(), ttl);
}

Task<void> forget_pictures(Cache& cache, Uuid user) {
  for (keys::Entry& entry : keys::of_pictures(user)) {
    co_await forget(cache, std::move(entry));
  }
}

}  // namespace aisha::cache
