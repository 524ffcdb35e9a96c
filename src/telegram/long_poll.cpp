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
constexpr Millis kAnswerMargin{20'000};
// Another process of ours may be about to end: it took its webhook away, or is replaced by one that polls.
constexpr int kWebhookConflicts = 3;

}  // namespace

LongPoll::LongPoll(BotApi& api, Clock& clock, Rng& rng, UpdateSink sink, LongPollOptions options)
    : api_(api), clock_(clock), rng_(rng), sink_(std::move(sink)), options_(std::move(options)) {}

Millis LongPoll::longest_silence() const {
  return std::chrono::seconds(options_.timeout_s) + kAnswerMargin;
}

void LongPoll::heard() {
  heard_at_ = clock_.now();
  failing_since_.reset();
  failures_ = 0;
}

void LongPoll::failed() {
  failing_since_ = failing_since_.value_or(clock_.now());
}

Task<ApiResult<std::vector<RawUpdate>>> LongPoll::ask() {
  GetUpdates parameters;
  parameters.offset = offset_;
  parameters.limit = options_.limit;
  // At the start and after a failure an answer at once tells whether we are heard.
  parameters.timeout = failing_since_ || !heard_at_ ? 0 : options_.timeout_s;
  parameters.allowed_updates = options_.allowed_updates;
  return api_.get_updates(std::move(parameters));
}

Task<Error> LongPoll::run() {
  for (;;) {
    auto updates = co_await ask();
    Millis pause{0};
    if (!updates) {
      failed();
      const ErrorKind kind = updates.error().kind;
      // The other poller may be gone after a while; a webhook stays until it is taken away.
      const bool is_webhook = kind == ErrorKind::conflict && updates.error().description.contains("webhook is active");
      if (kind == ErrorKind::unauthorized || (is_webhook && conflicts_ >= kWebhookConflicts)) {
        conflicts_ = 0;
        co_return to_error(updates.error());
      }
      pause = pause_after(updates.error());
    } else {
      conflicts_ = 0;
      bool moved = true;
      if (updates->empty()) {
        // Everything below is acknowledged; an offset kept for long would hide updates with lower ids.
        offset_ = 0;
      } else {
        std::vector<RawUpdate> batch = std::move(*updates);
        moved = co_await hand_over(std::move(batch));
      }
      if (moved) {
        heard();
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
  std::int64_t next = 0;
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
    failed();
    co_return false;
  } catch (const std::exception& error) {
    log::error("telegram: updates could not be stored: {}", error.what());
    failed();
    co_return false;
  }
  if (next == 0 || next == offset_) {
    co_return false;
  }
  if (next < offset_) {
    // Telegram forgets what is acknowledged: these are new ones.
    log::info("telegram: the updates' ids begin anew at {}", next - 1);
  }
  offset_ = next;
  co_return true;
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
