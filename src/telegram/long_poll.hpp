// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "telegram/bot_api.hpp"
#include "telegram/updates.hpp"

namespace aisha::telegram {

struct LongPollOptions {
  std::int64_t timeout_s = 50;  ///< Telegram clamps it to 50
  int limit = 100;
  std::vector<std::string> allowed_updates = wanted_updates();
};

/// Takes updates from Telegram by getUpdates, at least once each. A batch is handed to the sink, which must have stored
/// it durably when it returns; only then does the offset move, and the next poll acknowledges the batch. When the sink
/// throws, the same batch comes again. An update without a usable update_id is handed on like any other and never moves
/// the offset.
class LongPoll {
 public:
  LongPoll(BotApi& api, Clock& clock, Rng& rng, UpdateSink sink, LongPollOptions options);

  /// Runs until cancelled. Returns only Errc::telegram_unauthorized: the token is void.
  Task<Error> run();

 private:
  /// How long to wait before the next poll after that error.
  Millis pause_after(const ApiError& error);
  Task<bool> hand_over(std::vector<RawUpdate> updates);

  BotApi& api_;
  Clock& clock_;
  Rng& rng_;
  UpdateSink sink_;
  LongPollOptions options_;
  std::int64_t offset_ = 0;
  int failures_ = 0;
  int conflicts_ = 0;
};

}  // namespace aisha::telegram
