// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <unordered_map>

#include "base/time.hpp"

namespace aisha::telegram {

/// Who may be written to after a 429. A refusal pauses its chat only; refusals for two different chats within one
/// second mean that the bot as a whole is too fast and pause everything. Answers to buttons are exempt and never ask
/// here.
class FloodGate {
 public:
  /// Telegram answered 429. `retry_after` in seconds; 0 (none named) pauses 1 s, then 2, 4, ... up to 60 for refusals
  /// in a row.
  void refused(std::int64_t chat, int retry_after, TimePoint now);

  /// Telegram accepted something for the chat: the next unnamed pause starts at 1 s again.
  void accepted(std::int64_t chat);

  /// The earliest time at which the chat may be written to; `now` when it may already.
  TimePoint free_at(std::int64_t chat, TimePoint now) const;

 private:
  struct Pause {
    TimePoint until{};
    TimePoint refused_at{};
    int in_a_row = 0;
  };

  std::unordered_map<std::int64_t, Pause> chats_;
  TimePoint all_until_{};
};

}  // namespace aisha::telegram
