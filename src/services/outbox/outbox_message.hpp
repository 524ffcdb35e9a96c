// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "services/context/lease.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

class Actor;

/// What an outbox row means; the words and the method are found at sending time, in the person's current language.
enum class Meaning {
  job_status,     ///< edit of the status message (a new message when there is none): whatever is true now
  job_result,     ///< the picture into the status message
  job_failed,     ///< the failure, its reason and that the coins are back, into the status message
  job_cancelled,  ///< the end of a cancelled one, into the status message
  ready_notice,   ///< the short reply to a late result; at most once
  original,       ///< the stored file as a document, once a press
  share_copy,     ///< the picture without buttons, to be forwarded, once a press
  picture_state,  ///< edit of one message of a finished picture: whatever is true of it now
  export_part,    ///< a part of the archive of a person's data as a document, made when it is sent
  personal_note,  ///< what became of a wish about one's own data, in words
  appeal_answer,  ///< the operator's answer to an appeal, in words
  avatar_card,    ///< how an avatar made of photos is coming along: edit of its card, sent anew below when it is buried
  batch_status,   ///< edit of a batch's message (a new one when there is none): how many are done; each member's end
  batch_album,    ///< the pictures of a batch that has ended, together
  batch_result,   ///< edit of that message: what became of the batch
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
  Uuid generation_id;  ///< of export_part and personal_note: the request; of appeal_answer: the appeal; of avatar_card:
                       ///< the avatar; of batch_...: the batch
  std::int64_t message_id = 0;  ///< of picture_state: the message to be edited
  std::string detail;           ///< of export_part: its number; of personal_note and avatar_card: which one
  std::int64_t attempts = 0;    ///< 1 at the first try
  std::int64_t maybe_sent = 0;  ///< tries of this row whose outcome is unknown
  Lease lease;                  ///< once it is over nothing may be sent for it
  /// Of export_part: awaited when it is made, right before it is sent; extends the lease. Until then whoever vanishes
  /// has sent nothing. False: it is somebody else's by now. std::function: one a part, of whoever claimed it.
  std::function<Task<bool>()> begin;
};

/// A row of the outbox to be written.
struct NewMessage {
  std::int64_t chat_id = 0;
  Meaning meaning = Meaning::job_status;
  Uuid ref;  ///< id the meaning speaks of
  std::string
      detail;  ///< small extra, e.g. an error code, the message of picture_state, the number of export_part; may be ""
  bool idempotent = true;
  std::string dedupe_key;  ///< a second message with this key is dropped
  Millis delay{0};         ///< the lane waits for it for so long
  /// One of the same meaning, ref and detail that waits in the lane tells it too: then this one is dropped.
  bool unless_waiting = false;
  /// Only when the unit leaves no member of this batch open.
  std::optional<Uuid> ends_batch;
};
/// Collects it: the chat's lane tells it after what stands there already.
void enqueue(stores::UnitOfWork& unit, const NewMessage& message);
/// Collects what a press has sent into the person's own chat: one message, however often the update comes.
void order_once(Actor& actor, Meaning meaning, const Uuid& ref);

}  // namespace aisha::services
