// SPDX-License-Identifier: Apache-2.0
#include "sandbox/telegram/flood.hpp"

#include <algorithm>
#include <cmath>

namespace aisha::sandbox::telegram {
namespace {

constexpr double kChatPerSecond = 1.0;
constexpr double kChatBurst = 5.0;
constexpr double kBotPerSecond = 30.0;
constexpr double kBotBurst = 30.0;

}  // namespace

double FloodMeter::level_at(const Bucket& bucket, double per_second, std::int64_t now_ms) {
  return std::max(0.0, bucket.level - static_cast<double>(now_ms - bucket.at_ms) / 1000.0 * per_second);
}

int FloodMeter::charge(std::string_view method, std::int64_t bot, std::int64_t chat, std::int64_t now_ms,
                       int messages) {
  if (!method.starts_with("send") && !method.starts_with("edit")) {
    return 0;
  }
  Bucket& of_chat = chats_[{bot, chat}];
  Bucket& of_bot = bots_[bot];
  const double chat_level = level_at(of_chat, kChatPerSecond, now_ms);
  const double bot_level = level_at(of_bot, kBotPerSecond, now_ms);
  if (chat_level + 1.0 > kChatBurst) {
    return std::max(1, static_cast<int>(std::ceil((chat_level + 1.0 - kChatBurst) / kChatPerSecond)));
  }
  if (bot_level + 1.0 > kBotBurst) {
    return 1;
  }
  of_chat = Bucket{chat_level + messages, now_ms};
  of_bot = Bucket{bot_level + messages, now_ms};
  return 0;
}

}  // namespace aisha::sandbox::telegram
