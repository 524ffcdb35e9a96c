// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "services/context/context.hpp"
#include "services/context/due_times.hpp"
#include "services/inbox/claimed_update.hpp"
#include "services/inbox/update_turn.hpp"

namespace aisha::services {

/// One update as Telegram gave it. `key` is the update_id; a text that is not an update is
/// marked `poison`: it is kept under a key of its own and never claimed.
struct RawUpdate {
  std::int64_t key = 0;
  std::int64_t lane = 0;  ///< chat the update belongs to; updates of one lane are handled in order, one at a time
  std::string kind;       ///< a word for the figures and the handler's switch; "other" is done without a handler's look
  std::string body;
  bool poison = false;
};

/// Port of the inbox loop; the bot's dispatcher. It ends each update itself: `UpdateTurn::commit`, `Inbox::done` or
/// `Inbox::poison`. What it throws is logged, and the update comes again after a pause.
class UpdateHandler {
 public:
  virtual ~UpdateHandler() = default;
  virtual Task<void> handle(ClaimedUpdate update) = 0;
};

/// Whether this process handles what it stores, or leaves that to others.
enum class Handled { here, elsewhere };

/// Telegram's updates, durable before they are acknowledged. Bot and key remove repeats.
class Inbox {
 public:
  Inbox(Context context, std::int64_t bot_id, Handled handled = Handled::here)
      : context_(context), bot_id_(bot_id), handled_(handled), due_(context.policy), claimed_bot_(bot_id) {}

  /// Durable when it returns (then Telegram may be told), and handled at once: rings `signals.inbox`.
  /// Throws on an outage: nothing may be acknowledged then.
  Task<void> store(std::vector<RawUpdate> updates);

  /// At most `limit` updates, each the oldest open one of its lane, leased to this caller. What this process stored
  /// itself costs nothing; the table is asked when something in it is due, or when nothing else is at hand.
  Task<std::vector<ClaimedUpdate>> claim(int limit);

  /// The update and its sender, in hand until `commit`.
  Task<UpdateTurn> open(People& people, ClaimedUpdate update, TelegramFacts facts);

  /// What was stored and never claimed here goes back to the table at once; for the end of the process.
  Task<void> release();
  /// Zero: the person keeps within Policy::rate_updates, and this update is counted, once. Else how long to wait.
  Task<Millis> admit(const ClaimedUpdate& update, std::int64_t telegram_id);

  /// Done without any effect of its own (unsupported kinds, presses that change nothing).
  Task<void> done(ClaimedUpdate update);
  /// Never to be tried again; kept for the operator. `code` is an Errc text.
  Task<void> poison(ClaimedUpdate update, Errc code);
  /// Back into its lane after a pause that grows with the attempts; poison once they are used up.
  Task<void> retry(ClaimedUpdate update);
  /// Back into its lane after that pause, as often as it takes: the database, or Telegram, was away, which is no fault
  /// of the update's.
  Task<void> wait_out(ClaimedUpdate update, Millis pause);
  /// Holds on to it for another lease; false when it is another worker's by now.
  Task<bool> renew(const ClaimedUpdate& update);
  /// Back to the head of its lane until the chat may be written to again; does not count as a try. The next update of
  /// the lane brings it back at once.
  Task<void> defer(ClaimedUpdate update, Millis wait);
  /// The next open update of its lane.
  Task<std::optional<stores::inbox::Follower>> behind(const ClaimedUpdate& update);

  /// As Worker::due_in; asks the table only when this process knows a reason (`DueTimes`).
  Task<std::optional<Millis>> due_in();

 private:
  struct Fresh {
    ClaimedUpdate update;
    TimePoint leased_until;
  };

  Task<std::vector<ClaimedUpdate>> claim_rows(int limit);

  Context context_;
  std::int64_t bot_id_;
  Handled handled_;
  DueTimes due_;
  std::int64_t claimed_bot_;  // whose updates the next claim takes: another bot's, when those wait longest
  // Heads of idle lanes, leased by `store` itself, so that a fresh update costs no claim of its own.
  std::deque<Fresh> fresh_;
};

}  // namespace aisha::services
