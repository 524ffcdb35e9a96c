// SPDX-License-Identifier: Apache-2.0
#include "telegram/flood.hpp"

#include <algorithm>
#include <chrono>

namespace aisha::telegram {
namespace {

constexpr int kMaxUnnamed = 60;
constexpr Millis kSameMoment{1'000};
constexpr Millis kForgetAfter{3'600'000};

}  // namespace

void FloodGate::refused(std::int64_t chat, int retry_after, TimePoint now) {
  std::erase_if(chats_, [now](const auto& entry) { return entry.second.until + kForgetAfter < now; });
  Pause& pause = chats_[chat];
  const int unnamed = std::min(kMaxUnnamed, 1 << std::min(pause.in_a_row, 6));
  ++pause.in_a_row;
  const TimePoint until = now + std::chrono::seconds(retry_after > 0 ? retry_after : unnamed);
  pause.until = std::max(pause.until, until);
  pause.refused_at = now;
  const bool several = std::ranges::any_of(chats_, [chat, now](const auto& entry) {
    return entry.first != chat && now - entry.second.refused_at < kSameMoment;
  });
  if (several) {
    all_until_ = std::max(all_until_, until);
  }
}

void FloodGate::accepted(std::int64_t chat) {
  if (const auto found = chats_.find(chat); found != chats_.end()) {
    found->second.in_a_row = 0;
  }
}

TimePoint FloodGate::free_at(std::int64_t chat, TimePoint now) const {
  const auto found = chats_.find(chat);
  const TimePoint own = found == chats_.end() ? TimePoint{} : found->second.until;
  return std::max({now, own, all_until_});
}

}  // namespace aisha::telegram
