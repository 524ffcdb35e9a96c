// SPDX-License-Identifier: Apache-2.0
#include "loops/pump.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "base/backoff.hpp"
#include "base/log.hpp"

namespace aisha::loops {
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
    std::exception_ptr problem;
    try {
      co_await turn();
      failures_ = 0;
    } catch (...) {
      problem = std::current_exception();
    }
    if (problem) {
      log::error("{}: {}", options_.name, message_of(problem));
      const Millis pause = jittered(rng_, doubled(kFirstPause, failures_++, kLastPause));
      co_await clock_.sleep(pause);
    }
  }
  while (running_ > 0) {
    co_await bell_.wait(clock_, options_.idle);
  }
}

Task<void> Pump::turn() {
  Millis longest = options_.idle;
  if (running_ < options_.parallel) {
    // A read: the idle loop writes nothing.
    const auto due = co_await worker_.due_in();
    if (due && due->count() <= 0 && !stopping_) {
      const bool any = co_await claim();
      if (any) {
        co_return;
      }
      longest = kLeastRest;
    } else if (due) {
      longest = std::min(longest, *due);
    }
  }
  if (!stopping_) {
    co_await bell_.wait(clock_, longest);
  }
}

Task<bool> Pump::claim() {
  auto steps = co_await worker_.claim(options_.parallel - running_);
  for (Task<void>& step : steps) {
    launch(std::move(step));
  }
  co_return !steps.empty();
}

void Pump::launch(Task<void> step) {
  ++running_;
  boost::asio::co_spawn(executor_, std::move(step), [this](const std::exception_ptr& problem) {
    --running_;
    if (problem) {
      log::error("{}: {}", options_.name, message_of(problem));
    }
    if (running_ == options_.parallel - 1 || (stopping_ && running_ == 0)) {
      bell_.wake();
    }
  });
}

void Pump::stop() {
  stopping_ = true;
  bell_.wake();
}

}  // namespace aisha::loops
