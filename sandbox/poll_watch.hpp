// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <map>

namespace aisha::sandbox {

/// Which bots ask for updates. A bot is there while a long poll of it is open and for a moment between two of them; one
/// that was killed in the middle of a poll is found out when that poll ends. Loop thread only.
class PollWatch {
 public:
  /// One long poll, open as long as this lives.
  class Open {
   public:
    Open(PollWatch& watch, std::int64_t bot) : watch_(watch), bot_(bot) { ++watch_.seen_[bot].open; }
    ~Open() {
      Seen& seen = watch_.seen_[bot_];
      --seen.open;
      seen.last = Steady::now();
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

   private:
    PollWatch& watch_;
    std::int64_t bot_;
  };

  bool alive(std::int64_t bot) const {
    const auto found = seen_.find(bot);
    return found != seen_.end() && (found->second.open > 0 || Steady::now() - found->second.last < kBetween);
  }

 private:
  using Steady = std::chrono::steady_clock;
  struct Seen {
    int open = 0;
    Steady::time_point last;
  };
  /// Longer than any bot needs between two polls.
  static constexpr std::chrono::seconds kBetween{3};
  std::map<std::int64_t, Seen> seen_;
};

}  // namespace aisha::sandbox
