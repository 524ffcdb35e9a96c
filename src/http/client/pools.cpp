// SPDX-License-Identifier: Apache-2.0
#include "http/client/pools.hpp"

namespace aisha::http {
namespace {

constexpr std::size_t kMostPools = 32;

}  // namespace

std::string_view origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", scheme + 3));
}

std::shared_ptr<CurlLoop> Pools::pool_for(std::string_view origin) {
  auto found = pools_.find(origin);
  if (found == pools_.end()) {
    if (pools_.size() >= kMostPools) {
      std::erase_if(pools_, [](const auto& pool) { return pool.second.use_count() == 1; });
    }
    found = pools_.emplace(origin, std::make_shared<CurlLoop>(executor_, peers_)).first;
  }
  return found->second;
}

void Pools::replace(std::string_view origin, const std::shared_ptr<CurlLoop>& silent,
                    std::chrono::steady_clock::time_point since) {
  const auto found = pools_.find(origin);
  if (found != pools_.end() && found->second == silent) {
    pools_.erase(found);
    silent->end_waits(since);
  }
}

}  // namespace aisha::http
