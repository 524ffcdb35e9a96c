// SPDX-License-Identifier: Apache-2.0
#include "telegram/flood.hpp"

#include <algorithm>
#include <chrono>

namespace aisha::telegram {
namespace {

constexpr int kMaxUnnamed = 60;
constexpr Millis kSameMoment{1'000};
constexpr Millis kForgetAfter{3'600'000};
constexpr std::ptrdiff_t kSeveral = 3;
constexpr Millis kCommonPause{3'000};
constexpr Millis kTest{1'000};

}  // namespace

void FloodGate::refused(std::int64_t chat, int retry_after, TimePoint now) {
  std::erase_if(chats_, [now](const auto& entry) { return entry.second.until + kForgetAfter < now; });
  Pause& pause = chats_[chat];
  const int unnamed = std::min(kMaxUnnamed, 1 << std::min(pause.in_a_row, 6));
  ++pause.in_a_row;
  const TimePoint until = now + std::chrono::seconds(retry_after > 0 ? retry_after : unnamed);
  pause.until = std::max(pause.until, until);
  pause.refused_at = now;
  const auto lately =
      std::ranges::count_if(chats_, [now](const auto& entry) { return now - entry.second.refused_at < kSameMoment; });
  if (lately >= kSeveral || (common_ && common_->tester == chat)) {
    common_ = Common{.until = std::min(until, now + kCommonPause)};
  }
}

void FloodGate::accepted(std::int64_t chat) {
  if (const auto found = chats_.find(chat); found != chats_.end()) {
    found->second.in_a_row = 0;
  }
  if (common_ && common_->tester == chat) {
    common_.reset();
  }
}

void FloodGate::sends(std::int64_t chat, TimePoint now) {
  if (!common_ || now < common_->until) {
    return;
  }
  if (common_->tester == 0) {
    common_->tester = chat;
    common_->tested_until = now + kTest;
  } else if (now >= common_->tested_until) {
    common_.reset();  // the test met no refusal
  }
}

TimePoint FloodGate::free_at(std::int64_t chat, TimePoint now) const {
  const auto found = chats_.find(chat);
  const TimePoint own = found == chats_.end() ? TimePoint{} : found->second.until;
  if (!common_) {
    return std::max(now, own);
  }
  const bool tests = common_->tester == chat;
  return std::max({now, own, common_->until, tests ? TimePoint{} : common_->tested_until});
}

}  // namespace aisha::telegram
