// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "base/task.hpp"
#include "base/time.hpp"

namespace aisha::sim {

/// Whose timers die together.
using Owner = int;

/// Everybody's waiting, in one list ordered by time and then by birth. Time is what `advance` says.
class Timers {
 public:
  using Wake = std::move_only_function<void(boost::system::error_code)>;

  TimePoint now() const { return now_; }
  std::uint64_t add(TimePoint at, Owner owner, Wake wake);
  /// Wakes it with operation_aborted; nothing when it is gone.
  void cancel(std::uint64_t id);
  /// Forgets the timers of a dead process: what waited on them is destroyed.
  void drop(Owner owner);
  std::optional<TimePoint> next() const;
  /// Moves time to the next timer and wakes it, or puts it off to `frozen_until(owner)` when that is later.
  template <class FrozenUntil>
  void advance(FrozenUntil frozen_until);
  void set_now(TimePoint now) { now_ = now; }

 private:
  struct Entry {
    Owner owner = 0;
    Wake wake;
  };
  using Key = std::pair<TimePoint, std::uint64_t>;

  std::map<Key, Entry> entries_;
  std::map<std::uint64_t, TimePoint> times_;
  std::uint64_t last_id_ = 0;
  TimePoint now_ = from_epoch_ms(1'767'225'600'000);
};

template <class FrozenUntil>
void Timers::advance(FrozenUntil frozen_until) {
  auto node = entries_.extract(entries_.begin());
  const TimePoint later = frozen_until(node.mapped().owner);
  if (later > node.key().first) {
    times_[node.key().second] = later;
    node.key().first = later;
    entries_.insert(std::move(node));
    return;
  }
  now_ = node.key().first;
  times_.erase(node.key().second);
  node.mapped().wake({});
}

/// One process's view of time: its own wall clock may be wrong by `skew`.
class SimClock final : public Clock {
 public:
  SimClock(Timers& timers, Owner owner) : timers_(timers), owner_(owner) {}

  TimePoint now() const override { return timers_.now() + skew; }
  Task<void> sleep(Millis delay) override;

  Millis skew{0};

 private:
  Timers& timers_;
  Owner owner_;
};

}  // namespace aisha::sim
