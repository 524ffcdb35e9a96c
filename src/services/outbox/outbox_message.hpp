// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "services/context/lease.hpp"

namespace aisha::services {

/// What an outbox row means; the words and the method are found at sending time, in the person's current language.
enum class Meaning {
  job_status,     ///< edit of the status message (a new message when there is none): whatever is true now
  job_result,     ///< the picture into the status message
  job_failed,     ///< the failure, its reason and that the coins are back, into the status message
  job_cancelled,  ///< the end of a cancelled one, into the status message
  ready_notice,   ///< the short reply to a late result; at most once
  original,       ///< the stored file as a document, once a press
};

/// "job_status", ...
std::string_view text_of(Meaning meaning);
/// nullopt for a word this release does not know.
std::optional<Meaning> meaning_from(std::string_view text);

/// Whether repeating it after an unknown outcome is harmless (an edit is).
bool is_idempotent(Meaning meaning);

struct OutboxMessage {
  Uuid id;
  std::int64_t chat_id = 0;
  Meaning meaning = Meaning::job_status;
  Uuid generation_id;
  std::int64_t attempts = 0;    ///< 1 at the first try
  std::int64_t maybe_sent = 0;  ///< tries of this row whose outcome is unknown
  Lease lease;                  ///< once it is over nothing may be sent for it
};

struct DeliveryOutcome {
  enum class Kind {
    sent,          ///< Telegram took it
    not_modified,  ///< it was so already, or there is nothing to tell any more: done
    flood,         ///< 429: `retry_after`; the whole chat waits
    blocked,       ///< 403: the person is marked, the row is dead
    maybe_sent,    ///< no answer to a call that is not repeatable
    retry,         ///< certain or repeatable failure: again after a pause
    dead,          ///< Telegram will never take it
  };
  Kind kind = Kind::sent;
  Millis retry_after{0};
  std::int64_t message_id = 0;  ///< of a message that becomes the generation's status message; else 0
  std::string photo_file_id;    ///< of the picture just uploaded, to be reused
  std::string error;            ///< for the log and the row
};

/// Port of the outbox loop, implemented in `bot`: reads what it needs through Generations, Gallery and People, renders,
/// and calls Telegram once. Outages of Telegram are outcomes, not exceptions. At most one call per chat at a time.
class Sender {
 public:
  virtual ~Sender() = default;
  virtual Task<DeliveryOutcome> deliver(OutboxMessage item) = 0;
};

}  // namespace aisha::services
