// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "sandbox/telegram/errors.hpp"
#include "sandbox/telegram/params.hpp"

namespace aisha::sandbox {

struct CallRecord {
  std::int64_t n = 0;
  std::int64_t bot = 0;
  std::string method;
  json::Object parameters;
  json::Array files;
  std::int64_t chat = 0;
  json::Value answer;  ///< null while the call runs, and when the connection was dropped
  int status = 0;      ///< 0 while the call runs
  std::int64_t at = 0;
  std::int64_t ms = 0;
};

/// Every Bot API call since the start, newest last; the oldest are forgotten in time. A call is listed from its
/// arrival.
class CallLog {
 public:
  std::int64_t begin(std::int64_t bot, std::string_view method, const telegram::Call& call, std::int64_t chat,
                     std::int64_t now_ms);
  void end(std::int64_t n, int status, json::Value answer, std::int64_t ms);
  /// {"calls":[...]}; "" and 0 match all.
  json::Object list(std::int64_t after, std::string_view method, std::int64_t chat) const;
  const CallRecord* find(std::int64_t n) const;
  void clear() { records_.clear(); }

 private:
  std::deque<CallRecord> records_;
  std::int64_t count_ = 0;
};

}  // namespace aisha::sandbox
