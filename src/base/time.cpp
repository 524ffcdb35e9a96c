// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha {

std::string to_iso8601(TimePoint t) {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(t - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

SystemClock::SystemClock(Executor executor)
    : executor_(std::move(executor)),
      wall_(std::chrono::floor<Millis>(std::chrono::system_clock::now())),
      steady_(std::chrono::steady_clock::now()) {}

TimePoint SystemClock::now() const {
  return wall_ + std::chrono::floor<Millis>(std::chrono::steady_clock::now() - steady_);
}

Task<void> SystemClock::sleep(Millis delay) {
  boost::asio::steady_timer timer(executor_, delay);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace aisha
