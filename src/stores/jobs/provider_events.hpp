// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/job.hpp"
#include "stores/unit/unit_of_work.hpp"

/// Final words of the provider, whether they came by webhook or by poll: kept first, applied then. One per request of
/// the provider: whatever comes twice has one effect.
namespace aisha::stores::provider_events {

struct Event {
  std::string request_id;  ///< provider's id
  std::string token;       ///< ours, from the webhook's URL; "" for a poll
  bool ok = false;
  std::string body;  ///< JSON of the result, or of the error
  /// For `ok` false: what it means, and whether another attempt may help.
  Errc code = Errc::provider_failed;
  bool retryable = false;
};

/// Durable at once. False when one for this request is already kept.
Task<bool> put(UnitOfWork& unit, Event event);

/// Kept and not yet applied, oldest first.
Task<std::vector<Event>> pending(UnitOfWork& unit, std::int64_t limit);

enum class Effect {
  storing,    ///< the job goes on to fetch its result
  queued,     ///< the attempt failed, another will be made
  failed,     ///< nothing is left to try: the caller ends the job as failed, in the same unit
  cancelled,  ///< it was asked to be cancelled: the caller ends it so, in the same unit
  surplus,    ///< a result nobody waits for (late, cancelled, claimed twice): cost noted, never charged
  noted,      ///< an error of an attempt that no longer matters
  foreign,    ///< no attempt of ours: forged or from another installation
};

struct Applied {
  Effect effect = Effect::foreign;
  /// The job as read before; its state and epoch are the old ones. Nothing for `foreign`, nor when it has left its
  /// table.
  std::optional<domain::Job> job;
};

/// Reads the attempt and its job and collects: event done, the step of a job that goes on (epoch + 1, which shuts out a
/// late submitter), attempt's state. A retried attempt is due after `retry_after`. Errc::conflict at commit when
/// anything moved: apply again in a new unit. A success finds its job in submitting, unconfirmed, running or back in
/// queued. Of what comes for a job that has left its table nothing is kept but that it came.
Task<Applied> apply(UnitOfWork& unit, Event event, Millis retry_after);

/// One that could not be applied: the `most`th time it is poison, kept for people to look at. Durable at once; true
/// when it is poison by now.
Task<bool> note_failure(UnitOfWork& unit, std::string request_id, std::int64_t most);

/// Deletes up to `limit` rows, applied or poison, received before `before`, in a transaction of its own; how many there
/// were.
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::provider_events
