// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.hpp"
#include "services/context/context.hpp"
#include "services/jobs/job_kind.hpp"

namespace aisha::services {

/// Collects everything that ends a job without a result: job and the kind's row closed, the coins back, the person told
/// why. `state` is failed or cancelled. The one way to end a job so; ResultWorker is the one that ends it with a
/// result.
void end(const Context& context, stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job,
         domain::JobState state, Errc why);

/// Collects what is told of a job's end, and what that end means for the order it is a part of. Each end has it once.
void tell_end(stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job, Telling telling,
              std::string_view why);

/// Collects the change of a job that waits, or is taken back to queued by the same unit, to another endpoint.
void move_to(stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job, const Elsewhere& to);

}  // namespace aisha::services
