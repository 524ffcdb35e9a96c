// SPDX-License-Identifier: Apache-2.0
#include "jobs/pump.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "base/log.hpp"
#include "services/backoff.hpp"

namespace aisha::jobs {
namespace {

// A row that is due and cannot be claimed (held by another worker) must not make the loop spin.
constexpr Millis kLeastRest{50};
constexpr Millis kFirstPause{100};
constexpr Millis kLastPause{5'000};

std::string message_of(const std::exception_ptr& problem) {
  try {
    std::rethrow_exception(problem);
  } catch (const std::exception& known) {
    return known.what();
  } catch (...) {
    return "unknown exception";
  }
}

}  // namespace

Task<void> Pump::run() {
  while (!stopping_) {
    int claimed = 0;
    std::exception_ptr problem;
    try {
      claimed = co_await claim();
      co_await rest(claimed);
      failures_ = 0;
    } catch (...) {
      problem = std::current_exception();
    }
    if (problem) {
      log::error("{}: {}", options_.name, message_of(problem));
      co_await clock_.sleep(services::doubled(kFirstPause, failures_++, kLastPause));
    }
  }
  ended_ = true;
}

Task<int> Pump::claim() {
  const int room = options_.parallel - running_;
  if (room <= 0) {
    co_return 0;
  }
  auto steps = co_await steps_.claim(room);
  for (Task<void>& step : steps) {
    launch(std::move(step));
  }
  co_return static_cast<int>(steps.size());
}

// After a claim that brought something there may be more: no rest as long as there is room.
Task<void> Pump::rest(int claimed) {
  if (stopping_ || (claimed > 0 && running_ < options_.parallel)) {
    co_return;
  }
  Millis longest = options_.idle;
  if (running_ < options_.parallel) {
    const auto due = co_await steps_.next_due();
    if (due) {
      longest = std::clamp(*due - clock_.now(), kLeastRest, options_.idle);
    }
  }
  if (!stopping_) {
    co_await bell_.wait(clock_, longest);
  }
}

void Pump::launch(Task<void> step) {
  ++running_;
  boost::asio::co_spawn(executor_, std::move(step), [this](const std::exception_ptr& problem) {
    --running_;
    if (problem) {
      log::error("{}: {}", options_.name, message_of(problem));
    }
    if (running_ == options_.parallel - 1) {
      bell_.notify();
    }
  });
}

void Pump::stop() {
  stopping_ = true;
  bell_.notify();
}

}  // namespace aisha::jobs
