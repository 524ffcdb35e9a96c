// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>

#include "base/time.hpp"

namespace aisha::telegram {

/// Who may be written to after a 429. A refusal pauses its chat only, for as long as Telegram says. Refusals for three
/// different chats within one second mean that the bot as a whole may be too fast: everybody waits a moment, then one
/// send finds out. Answers to buttons are exempt and never ask here. Loop thread only.
class FloodGate {
 public:
  /// Telegram answered 429. `retry_after` in seconds; 0 (none named) pauses 1 s, then 2, 4, ... up to 60 for refusals
  /// in a row.
  void refused(std::int64_t chat, int retry_after, TimePoint now);

  /// Telegram accepted something for the chat: the next unnamed pause starts at 1 s again, and nobody waits for all.
  void accepted(std::int64_t chat);

  /// The earliest time at which the chat may be written to; `now` when it may already.
  TimePoint free_at(std::int64_t chat, TimePoint now) const;

  /// Something is about to be sent to a chat that is free: after a common pause the others wait for its answer.
  void sends(std::int64_t chat, TimePoint now);

 private:
  struct Pause {
    TimePoint until{};
    TimePoint refused_at{};
    int in_a_row = 0;
  };
  struct Common {
    TimePoint until{};
    std::int64_t tester = 0;  ///< 0 = nobody tries yet
    TimePoint tested_until{};
  };

  std::unordered_map<std::int64_t, Pause> chats_;
  std::optional<Common> common_;
};

}  // namespace aisha::telegram
