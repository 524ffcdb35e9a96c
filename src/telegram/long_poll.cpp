// SPDX-License-Identifier: Apache-2.0
#include "telegram/long_poll.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <chrono>
#include <exception>

#include "base/backoff.hpp"
#include "base/log.hpp"

namespace aisha::telegram {
namespace {

constexpr Millis kFirstPause{100};
constexpr Millis kMaxPause{5'000};
constexpr Millis kFirstConflictPause{1'000};
constexpr Millis kMaxConflictPause{60'000};

}  // namespace

LongPoll::LongPoll(BotApi& api, Clock& clock, Rng& rng, UpdateSink sink, LongPollOptions options)
    : api_(api), clock_(clock), rng_(rng), sink_(std::move(sink)), options_(std::move(options)) {}

Task<Error> LongPoll::run() {
  for (;;) {
    GetUpdates parameters;
    parameters.offset = offset_;
    parameters.limit = options_.limit;
    parameters.timeout = options_.timeout_s;
    parameters.allowed_updates = options_.allowed_updates;
    auto updates = co_await api_.get_updates(std::move(parameters));
    Millis pause{0};
    if (!updates) {
      if (updates.error().kind == ErrorKind::unauthorized) {
        co_return to_error(updates.error());
      }
      pause = pause_after(updates.error());
    } else {
      conflicts_ = 0;
      bool moved = true;
      if (!updates->empty()) {
        std::vector<RawUpdate> batch = std::move(*updates);
        moved = co_await hand_over(std::move(batch));
      }
      if (moved) {
        failures_ = 0;
      } else {
        pause = jittered(rng_, doubled(kFirstPause, failures_++, kMaxPause));
      }
    }
    if (pause.count() > 0) {
      co_await clock_.sleep(pause);
    }
  }
}

// False when the same updates will come again: the sink failed, or none of them had an id. Asking at once would spin.
Task<bool> LongPoll::hand_over(std::vector<RawUpdate> updates) {
  std::int64_t next = offset_;
  for (const RawUpdate& update : updates) {
    // The highest id has no successor that an offset could name.
    if (update.head.update_id && *update.head.update_id < INT64_MAX) {
      next = std::max(next, *update.head.update_id + 1);
    }
  }
  try {
    co_await sink_(std::move(updates));
  } catch (const boost::system::system_error& error) {
    if (error.code() == boost::asio::error::operation_aborted) {
      throw;
    }
    log::error("telegram: updates could not be stored: {}", error.what());
    co_return false;
  } catch (const std::exception& error) {
    log::error("telegram: updates could not be stored: {}", error.what());
    co_return false;
  }
  const bool moved = next != offset_;
  offset_ = next;
  co_return moved;
}

Millis LongPoll::pause_after(const ApiError& error) {
  if (error.kind == ErrorKind::conflict) {
    const Millis pause = doubled(kFirstConflictPause, conflicts_++, kMaxConflictPause);
    log::warn("telegram: {}; next try in {} s", error.description, pause.count() / 1000);
    return pause;
  }
  if (error.kind == ErrorKind::flood) {
    return std::chrono::seconds(std::max(error.retry_after, 1));
  }
  if (failures_ == 0) {
    log::warn("telegram: no updates: {}", error.description);
  }
  return jittered(rng_, doubled(kFirstPause, failures_++, kMaxPause));
}

}  // namespace aisha::telegram
