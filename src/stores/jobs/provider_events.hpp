// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/generation.hpp"
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

/// The attempt of ours that a webhook's token names, as far as it is known.
struct Owner {
  Uuid job_id;
  std::optional<std::string> request_id;  ///< nothing while its submit has no answer
};
Task<std::optional<Owner>> owner_of(UnitOfWork& unit, std::string token);

/// Durable at once. False when one for this request is already kept.
Task<bool> put(UnitOfWork& unit, Event event);

/// Kept and not yet applied, oldest first.
Task<std::vector<Event>> pending(UnitOfWork& unit, std::int64_t limit);

enum class Effect {
  storing,    ///< the job goes on to fetch its picture
  queued,     ///< the attempt failed, another will be made
  failed,     ///< the job failed: the caller adds `ledger::release` and the message
  cancelled,  ///< it was asked to be cancelled and now is: as for failed
  surplus,    ///< a picture nobody waits for (late, cancelled, adopted twice): cost noted, never charged
  noted,      ///< an error of an attempt that no longer matters
  foreign,    ///< no attempt of ours: forged or from another installation
};

struct Applied {
  Effect effect = Effect::foreign;
  /// The job as read before; its state and epoch are the old ones. Nothing for `foreign`.
  std::optional<domain::Generation> job;
};

/// Reads the attempt and its job and collects: event done, attempt's state, the fenced step of the job (epoch + 1,
/// which shuts out a late submitter). A retried attempt is due after `retry_after`. Errc::conflict at commit when
/// anything moved: apply again in a new unit. A success finds its job in submitting, unconfirmed, running or back in
/// queued.
Task<Applied> apply(UnitOfWork& unit, Event event, Millis retry_after);

/// Deletes applied rows received before `before`.
void sweep(UnitOfWork& unit, TimePoint before);

}  // namespace aisha::stores::provider_events
