// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "base/task.hpp"

namespace aisha {

using Millis = std::chrono::milliseconds;
/// UTC, to the millisecond: what the database keeps.
using TimePoint = std::chrono::sys_time<Millis>;

inline std::int64_t epoch_ms(TimePoint t) noexcept {
  return t.time_since_epoch().count();
}
inline TimePoint from_epoch_ms(std::int64_t ms) noexcept {
  return TimePoint(Millis(ms));
}

/// "2026-01-15T14:05:09.120Z"
std::string to_iso8601(TimePoint t);

/// Wall clock and waiting, injected so that the simulator can own both; `now` never steps back while the process lives.
/// All members: loop thread only.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  /// Resumes after `delay`; honours cancellation of the awaiting coroutine (throws operation_aborted).
  virtual Task<void> sleep(Millis delay) = 0;
};

/// The machine's clock: the wall clock as it was at construction, carried on by the steady clock. A wall clock that is
/// set while the process runs neither stretches nor skips a pause.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(Executor executor);
  TimePoint now() const override;
  Task<void> sleep(Millis delay) override;

 private:
  Executor executor_;
  TimePoint wall_;
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace aisha
