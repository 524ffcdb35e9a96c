// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/task.hpp"
#include "base/time.hpp"
#include "services/outbox/outbox_message.hpp"

namespace aisha::services {

/// A message that shows the generation's picture from now on.
struct PictureMessage {
  enum class Kind { result, document, share, album };
  Kind kind = Kind::result;
  std::int64_t message_id = 0;
  TimePoint sent_at{};            ///< the epoch = unknown
  std::optional<Uuid> picture{};  ///< unset = the one that the row of the outbox speaks of
};

struct DeliveryOutcome {
  enum class Kind {
    sent,          ///< Telegram took it
    not_modified,  ///< it was so already, or there is nothing to tell any more: done
    flood,         ///< 429: `retry_after`; the whole chat waits
    blocked,       ///< 403: the person is marked, what is owed waits for them
    in_doubt,      ///< no sure answer to a send: counted, and repeated once after `retry_after`
    held,          ///< nothing was called: an earlier send of it is still in doubt; again after `retry_after`
    maybe_sent,    ///< no sure answer to the repeat either: given up
    gone,          ///< the message to be edited is no more: to be sent instead, once that is noted
    retry,         ///< certain or repeatable failure: again after a pause
    dead,          ///< Telegram will never take it
  };
  Kind kind = Kind::sent;
  Millis retry_after{0};
  std::int64_t message_id = 0;          ///< of a message that becomes the generation's status message; else 0
  std::optional<PictureMessage> shows;  ///< of one that is done
  std::vector<PictureMessage> album;    ///< of one that became several messages
  /// Of avatar_card that is done: the message that is the avatar's card from now on, 0 = none any more.
  std::optional<std::int64_t> avatar_card;
  std::string error;  ///< for the log and the row
};

/// Port of the outbox loop, implemented in `bot`: reads what it needs through Generations, Gallery and People, renders,
/// and calls Telegram once. Outages of Telegram are outcomes, not exceptions. At most one call per chat at a time.
class Sender {
 public:
  virtual ~Sender() = default;
  virtual Task<DeliveryOutcome> deliver(OutboxMessage item) = 0;
};

}  // namespace aisha::services
