// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "http/client/curl_loop.hpp"

/// Private to src/http.
namespace aisha::http {

/// "https://host:port" of a URL.
std::string_view origin_of(std::string_view url);

/// A pool of connections a host, so that one can be replaced as a whole: curl 7.88 goes on giving new streams to an
/// HTTP/2 connection on which others have timed out, and keeps idle connections that a dead road has cut.
class Pools {
 public:
  Pools(Executor executor, Peers peers) : executor_(std::move(executor)), peers_(peers) {}

  std::shared_ptr<CurlLoop> pool_for(std::string_view origin);
  /// Takes a pool that was silent out of use; it ends with the last transfer that uses it. Those that wait since before
  /// `since` and may be repeated end now.
  void replace(std::string_view origin, const std::shared_ptr<CurlLoop>& silent,
               std::chrono::steady_clock::time_point since);

 private:
  Executor executor_;
  Peers peers_;
  std::map<std::string, std::shared_ptr<CurlLoop>, std::less<>> pools_;
};

}  // namespace aisha::http
