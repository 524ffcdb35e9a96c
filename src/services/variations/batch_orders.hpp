// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "domain/batch.hpp"
#include "services/jobs/job_kind.hpp"
#include "services/variations/variations.hpp"

namespace aisha::services {

/// Orders of several pictures, once they are taken.
class BatchOrders {
 public:
  /// `kind`: that of pictures.
  BatchOrders(Context context, const JobKind& kind, Variations& variations)
      : context_(context), kind_(kind), variations_(variations) {}

  /// For the sender, which knows that it is the chat's. Errc::not_found.
  Task<Result<domain::BatchStatus>> status(Uuid id);
  /// One of the person's. Errc::not_found.
  Task<Result<domain::BatchStatus>> status(Uuid owner, Uuid id);

  /// Asks all members that have not ended to stop: those that nothing was sent for end at once (collected), their coins
  /// back; what is finished stays and is paid for. `too_late`: all have ended. Errors: not_found.
  Task<Result<Generations::CancelAnswer>> cancel(Actor& actor, Uuid id);

  /// Collects as many pictures as a batch that has ended lacks, once however often it is asked for. Errors: not_found,
  /// too while it has not ended and when nothing is missing; those of Generations::request.
  Task<Result<AcceptedVariation>> make_missing(Actor& actor, Uuid id, VariationTap tap);

 private:
  Context context_;
  const JobKind& kind_;
  Variations& variations_;
};

}  // namespace aisha::services
