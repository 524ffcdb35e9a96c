// SPDX-License-Identifier: Apache-2.0
#include "services/variations/batch_orders.hpp"

#include <algorithm>
#include <utility>

#include "services/jobs/endings.hpp"
#include "stores/batches/batches.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {

Task<Result<domain::BatchStatus>> BatchOrders::status(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await stores::batches::find(unit, id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  co_return std::move(*found);
}

Task<Result<domain::BatchStatus>> BatchOrders::status(Uuid owner, Uuid id) {
  auto found = co_await status(id);
  if (!found || found->batch.user_id != owner) {
    co_return fail(Errc::not_found);
  }
  co_return found;
}

Task<Result<Generations::CancelAnswer>> BatchOrders::cancel(Actor& actor, Uuid id) {
  using Answer = Generations::CancelAnswer;
  const auto open = co_await stores::batches::open_jobs(actor.unit(), id, actor.user().id);
  if (open.empty()) {
    const auto found = co_await status(actor.user().id, id);
    co_return found ? Result<Answer>(Answer::too_late) : fail(Errc::not_found);
  }
  Answer answer = Answer::too_late;
  for (const domain::Job& job : open) {
    const bool is_storing = job.state == domain::JobState::storing;
    const bool is_here = job.state == domain::JobState::preparing || job.state == domain::JobState::queued;
    if (is_here) {
      // Fenced by the epoch: a submitter that claims it meanwhile makes the commit a conflict.
      end(context_, actor.unit(), kind_, job, domain::JobState::cancelled, Errc::job_cancelled);
      actor.change_balance(job.price);
      answer = answer == Answer::too_late ? Answer::cancelled : answer;
    } else if (!is_storing) {
      if (!job.cancel_requested) {
        stores::jobs::request_cancel(actor.unit(), job.id, actor.user().id);
      }
      answer = Answer::asked;
    }
  }
  actor.wake(context_.signals.outbox);
  co_return answer;
}

Task<Result<AcceptedVariation>> BatchOrders::make_missing(Actor& actor, Uuid id, VariationTap tap) {
  const auto found = co_await stores::batches::find(actor.unit(), id);
  if (!found || found->batch.user_id != actor.user().id || found->batch.open > 0) {
    co_return fail(Errc::not_found);
  }
  const auto is_missing = [](const domain::BatchStatus::Member& one) {
    return one.own.picture.state != domain::PictureState::ready;
  };
  const auto first = std::ranges::find_if(found->members, is_missing);
  if (first == found->members.end()) {
    co_return fail(Errc::not_found);
  }
  const std::int64_t count = std::ranges::count_if(found->members, is_missing);
  domain::Picture like = first->own.picture;
  co_return co_await variations_.more_like(actor, std::move(like), count, std::move(tap));
}

}  // namespace aisha::services
