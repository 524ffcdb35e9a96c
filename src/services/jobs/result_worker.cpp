// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/result_worker.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/attempts.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/ledger/ledger.hpp"

namespace aisha::services {
namespace {

namespace claims = stores::job_claims;
namespace jobs = stores::jobs;

bool earns_reroll(const Policy& policy, const domain::Job& job, const about::Defect& defect) {
  const auto word = domain::defect_from(defect.word);
  return word && !domain::is_gift(job) && job.rerolls < policy.free_rerolls &&
         std::ranges::find(policy.reroll_on, *word) != policy.reroll_on.end();
}

}  // namespace

Task<std::optional<Millis>> ResultWorker::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await claims::next_due(unit, kind_.name(), domain::JobState::storing);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> ResultWorker::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Millis lease = kind_.pace().store_lease;
  auto taken = co_await claims::claim(unit, kind_.name(), domain::JobState::storing, limit, lease);
  std::vector<Task<void>> out;
  for (domain::Job& job : taken) {
    out.push_back(run(std::move(job)));
  }
  co_return out;
}

Task<void> ResultWorker::run(domain::Job job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  std::string result = co_await jobs::result_of(unit, job.id);
  auto kept = co_await kind_.keep(job, std::move(result));
  if (kept) {
    co_await succeed(std::move(job), std::move(*kept));
  } else {
    co_await settle(std::move(job), std::move(kept.error()));
  }
}

Task<void> ResultWorker::succeed(domain::Job job, std::unique_ptr<Kept> kept) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  kept->write(unit, job);
  jobs::finish(unit, job, domain::JobState::succeeded, "");
  stores::ledger::capture(unit, job.user_id, job.id, job.price);
  if (const auto billed = kept->billed()) {
    stores::attempts::set_units(unit, job, billed->micro_usd, billed->units);
  }
  tell_end(unit, kind_, job, Telling::result, "");
  const bool late = unit.now() - job.created_at > context_.policy.notice_after;
  const bool buried = co_await kind_.is_buried(unit, job);
  // Pictures of one order come in a message of their own, which is notice enough.
  if (!job.batch_id && (late || buried)) {
    enqueue(unit, kind_.message(job, Telling::notice, ""));
  }
  const auto written = co_await unit.commit();
  // A conflict says that another worker has brought it to an end.
  if (written) {
    context_.signals.outbox.notify();
  }
}

Task<void> ResultWorker::settle(domain::Job job, Error error) {
  log::warn(job.trace, "keeping the result: {} {}", code_of(error.code), error.detail);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto* defect = std::get_if<about::Defect>(&error.about);
  if (kind_.may_pass(error, job)) {
    const Policy& policy = context_.policy;
    jobs::hand_back(unit, job, doubled(policy.store_backoff, job.tries, policy.store_backoff_last), true);
  } else if (defect != nullptr) {
    judged_bad(unit, job, error, *defect);
  } else {
    end(context_, unit, kind_, job, domain::JobState::failed, error.code);
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
    context_.signals.store.notify();
    context_.signals.submit.notify();
  }
}

// The hold is not touched here: it was made for the picture, not for an attempt.
void ResultWorker::judged_bad(stores::UnitOfWork& unit, const domain::Job& job, const Error& error,
                              const about::Defect& defect) {
  const std::int64_t number = job.rerolls + 1;
  const bool again = earns_reroll(context_.policy, job, defect);
  if (again) {
    std::string input = kind_.input_anew(unit, job);
    jobs::reroll(unit, job, input, defect.word);
    enqueue(unit, kind_.message(job, Telling::status, "again:" + std::to_string(number)));
  } else {
    domain::Job judged = job;
    judged.defect = defect.word;
    end(context_, unit, kind_, judged, domain::JobState::failed, error.code);
  }
  unit.when_durable([&metrics = context_.metrics, defect, trace = job.trace, number, again] {
    metrics.spent(defect.cost_micro_usd);
    if (again) {
      metrics.rerolled(defect.word);
      log::info(trace, "the result is {}: made anew for nothing, reroll {}", defect.word, number);
    }
  });
}

}  // namespace aisha::services
