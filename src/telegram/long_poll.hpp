// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "telegram/bot_api.hpp"
#include "telegram/update_head.hpp"

namespace aisha::telegram {

struct LongPollOptions {
  std::int64_t timeout_s = 50;  ///< Telegram clamps it to 50
  int limit = 100;
  std::vector<std::string> allowed_updates = wanted_updates(true);
};

/// Takes updates from Telegram by getUpdates, at least once each. A batch is handed to the sink, which must have stored
/// it durably when it returns; only then does the offset move, and the next poll acknowledges the batch. When the sink
/// throws, the same batch comes again. An update without a usable update_id is handed on like any other and never moves
/// the offset. Ids may begin anew, lower, after a week without updates (core.telegram.org/bots/api, "Update"): no
/// offset outlives an empty answer.
class LongPoll {
 public:
  LongPoll(BotApi& api, Clock& clock, Rng& rng, UpdateSink sink, LongPollOptions options);

  /// Runs until cancelled, or returns Errc::telegram_unauthorized (the token is void) or Errc::telegram_conflict
  /// (somebody has set a webhook, which takes the updates).
  Task<Error> run();

  /// When Telegram was last heard: it gave updates that are stored by now, or none waited. Nothing: never yet.
  std::optional<TimePoint> heard_at() const { return heard_at_; }
  /// Since when every poll fails, or its updates cannot be stored.
  std::optional<TimePoint> failing_since() const { return failing_since_; }
  /// For so long an answer may take while all is well.
  Millis longest_silence() const;

 private:
  /// How long to wait before the next poll after that error.
  Millis pause_after(const ApiError& error);
  Task<ApiResult<std::vector<RawUpdate>>> ask();
  Task<bool> hand_over(std::vector<RawUpdate> updates);
  void heard();
  void failed();

  BotApi& api_;
  Clock& clock_;
  Rng& rng_;
  UpdateSink sink_;
  LongPollOptions options_;
  std::int64_t offset_ = 0;
  int failures_ = 0;
  int conflicts_ = 0;
  std::optional<TimePoint> heard_at_;
  std::optional<TimePoint> failing_since_;
};

}  // namespace aisha::telegram
