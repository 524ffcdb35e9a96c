// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "http/server/server.hpp"
#include "sandbox/hub.hpp"

namespace aisha::sandbox {

/// `/bot<token>/<method>`, `/bot<token>/test/<method>` and `/file/bot<token>/<path>`. Loop thread only.
class TelegramApi {
 public:
  explicit TelegramApi(Hub& hub) : hub_(hub) {}

  Task<http::ServerResponse> serve(http::ServerRequest request);
  Task<http::ServerResponse> serve_file(http::ServerRequest request);
  /// One method with its log entry and events; waits when a getUpdates asks for it.
  Task<telegram::ApiAnswer> run(std::string token, std::string method, telegram::Call call);

 private:
  Task<telegram::ApiAnswer> long_poll(std::string token, telegram::Call call, Millis wait);
  Task<http::ServerResponse> with_fault(FaultAction fault, std::string token, std::string method, telegram::Call call);
  std::int64_t chat_of(const telegram::Call& call) const;

  Hub& hub_;
  std::map<std::int64_t, std::uint64_t> polls_;  ///< newest long poll of each bot
};

/// Adds both to the router; they take every path of two and more parts, so add them last.
void add_telegram_routes(http::Router& router, TelegramApi& api);

}  // namespace aisha::sandbox
