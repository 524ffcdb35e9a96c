// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace aisha::bench {

/// The people behind FakeTelegram: what they send and what the bot's calls do to their chats. Pure bookkeeping.
class Chats {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~Chats() = default;
  virtual bool idle() const = 0;
  /// Up to `limit` updates as JSON texts.
  virtual std::vector<std::string> take(std::size_t limit, Time now) = 0;
  /// A call of the bot with the file it uploaded ("" = none); returns the `result` of the answer as JSON text.
  virtual std::string called(const std::string& method, const json::Object& parameters, std::string_view upload,
                             Time now) = 0;
};

}  // namespace aisha::bench
