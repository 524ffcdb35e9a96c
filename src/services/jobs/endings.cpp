// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/endings.hpp"

#include "base/log.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/ledger/ledger.hpp"

namespace aisha::services {

void end(const Context& context, stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job,
         domain::JobState state, Errc why) {
  const Telling telling = state == domain::JobState::cancelled ? Telling::cancelled : Telling::failed;
  kind.close(unit, job, state, why);
  stores::jobs::finish(unit, job, state, code_of(why));
  stores::ledger::release(unit, job.user_id, job.id, job.price);
  tell_end(unit, kind, job, telling, code_of(why));
  unit.when_durable([&metrics = context.metrics, trace = job.trace, price = job.price, state, why] {
    metrics.ended(state, why, price);
    log::info(trace, "{}: {}, {} coins returned", domain::text_of(state), code_of(why), price);
  });
}

void tell_end(stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job, Telling telling,
              std::string_view why) {
  enqueue(unit, kind.message(job, telling, why));
  kind.ended(unit, job);
}

void move_to(stores::UnitOfWork& unit, const JobKind& kind, const domain::Job& job, const Elsewhere& to) {
  kind.move(unit, job, to);
  stores::jobs::set_work(unit, job.id, {to.model, to.input, to.cost_micro_usd});
  unit.when_durable([trace = job.trace, from = job.model, model = to.model] {
    log::warn(trace, "{} is no more, {} makes it", from, model);
  });
}

}  // namespace aisha::services
