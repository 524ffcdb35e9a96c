// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <set>
#include <utility>

#include "base/time.hpp"
#include "services/context/policy.hpp"
#include "services/context/signal.hpp"
#include "stores/queue/lane_queue.hpp"

namespace aisha::services {

/// When rows of a queue fall due, as far as this process knows, so that the table is asked only for a reason: what this
/// process put back or saw become due, a bell, and every `Policy::idle_poll` for what others left. All times are the
/// database's.
class DueTimes {
 public:
  explicit DueTimes(const Policy& policy) : policy_(policy) {}

  /// A row falls due then.
  void add(TimePoint due) { times_.insert(due); }
  /// Anything may be due.
  void ask() { asks_ = true; }

  /// Whether the table is to be asked now when its next row falls due; said once, since the caller does so. `add` tells
  /// what it answered.
  bool takes_look(TimePoint now) {
    const bool looks = asks_ || now >= looked_ + policy_.idle_poll;
    if (looks) {
      asks_ = false;
      looked_ = now;
    }
    return looks;
  }

  bool is_due(TimePoint now) const { return !times_.empty() && *times_.begin() <= now; }
  /// A claim took `taken` rows of at most `limit`.
  void claimed(TimePoint now, std::size_t taken, int limit) {
    times_.erase(times_.begin(), times_.upper_bound(now));
    // Met its limit: there may be more. Took none: whoever holds them may let go.
    asks_ = asks_ || taken == 0 || std::cmp_greater_equal(taken, limit);
  }

  /// When something is due or the table is to be asked.
  TimePoint next() const {
    const TimePoint look = looked_ + policy_.idle_poll;
    return times_.empty() ? look : std::min(*times_.begin(), look);
  }

 private:
  const Policy& policy_;
  std::set<TimePoint> times_;
  TimePoint looked_{};
  bool asks_ = true;
};

/// What a committed unit made the head of a lane is due in this process.
inline void ring_followers(Signal& bell, const stores::UnitOfWork& unit) {
  if (stores::lane_queue::has_promoted(unit)) {
    bell.ring();
  }
}

}  // namespace aisha::services
