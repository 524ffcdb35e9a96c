// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <map>
#include <string_view>

namespace aisha::sandbox::telegram {

/// Token buckets of `--strict-flood`: one message a second and chat with bursts of five, thirty a second over all
/// chats. An album passes when one message would and counts as each of its messages: what follows waits for all of
/// them.
class FloodMeter {
 public:
  /// Seconds to wait, 0 = may pass (and is counted, `messages` times). Only sends and edits count; answers to buttons
  /// never do.
  int charge(std::string_view method, std::int64_t bot, std::int64_t chat, std::int64_t now_ms, int messages = 1);

 private:
  struct Bucket {
    double level = 0.0;
    std::int64_t at_ms = 0;
  };
  static double level_at(const Bucket& bucket, double per_second, std::int64_t now_ms);

  std::map<std::pair<std::int64_t, std::int64_t>, Bucket> chats_;
  std::map<std::int64_t, Bucket> bots_;
};

}  // namespace aisha::sandbox::telegram
