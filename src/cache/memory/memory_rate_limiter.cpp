// SPDX-License-Identifier: Apache-2.0
#include "cache/memory/memory_rate_limiter.hpp"

#include <algorithm>
#include <deque>
#include <list>
#include <unordered_map>

namespace aisha::cache {
namespace {

class MemoryRateLimiter final : public RateLimiter {
 public:
  MemoryRateLimiter(const Clock& clock, std::size_t keys) : clock_(clock), most_(std::max<std::size_t>(keys, 1)) {}

  Task<Millis> take(std::string key, std::string event, Rate rate) override;

 private:
  struct Event {
    std::string id;
    TimePoint at;
  };
  struct Log {
    std::string key;
    std::deque<Event> events;  ///< oldest first
  };
  using Logs = std::list<Log>;

  Log& log_of(std::string key);

  const Clock& clock_;
  std::size_t most_;
  Logs logs_;                                                   ///< most recently used first
  std::unordered_map<std::string_view, Logs::iterator> index_;  ///< keys live in the logs
};

MemoryRateLimiter::Log& MemoryRateLimiter::log_of(std::string key) {
  if (const auto found = index_.find(key); found != index_.end()) {
    logs_.splice(logs_.begin(), logs_, found->second);
    return logs_.front();
  }
  if (logs_.size() >= most_) {
    index_.erase(logs_.back().key);
    logs_.pop_back();
  }
  logs_.push_front({std::move(key), {}});
  index_.emplace(logs_.front().key, logs_.begin());
  return logs_.front();
}

Task<Millis> MemoryRateLimiter::take(std::string key, std::string event, Rate rate) {
  auto& events = log_of(std::move(key)).events;
  const TimePoint now = clock_.now();
  while (!events.empty() && events.front().at + rate.window <= now) {
    events.pop_front();
  }
  if (std::ranges::find(events, event, &Event::id) != events.end()) {
    co_return Millis(0);
  }
  if (std::ssize(events) >= rate.events) {
    co_return events.empty() ? rate.window : events.front().at + rate.window - now;
  }
  events.push_back({std::move(event), now});
  co_return Millis(0);
}

}  // namespace

std::unique_ptr<RateLimiter> make_memory_rate_limiter(const Clock& clock, std::size_t keys) {
  return std::make_unique<MemoryRateLimiter>(clock, keys);
}

}  // namespace aisha::cache
