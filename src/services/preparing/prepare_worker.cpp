// SPDX-License-Identifier: Apache-2.0
#include "services/preparing/prepare_worker.hpp"

#include <utility>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {
namespace {

namespace claims = stores::job_claims;
namespace jobs = stores::jobs;

bool closes_the_provider(Errc code) {
  return code == Errc::provider_auth || code == Errc::provider_balance;
}

/// What the provider refuses for good, or what is ours and gone, comes again at every try.
bool is_final(Errc code) {
  return code == Errc::provider_rejected || code == Errc::not_found || code == Errc::update_malformed;
}

}  // namespace

Task<std::optional<Millis>> PrepareWorker::due_in() {
  // An upload that is taken says nothing about the account: it is no probe, and has to wait for none.
  const auto opens = state_.probe_at();
  if (opens && context_.db.now() < *opens) {
    co_return wait_until(context_, opens);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await claims::next_due(unit, kind_.name(), domain::JobState::preparing);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> PrepareWorker::claim(int limit) {
  std::vector<Task<void>> out;
  const auto opens = state_.probe_at();
  if (opens && context_.db.now() < *opens) {
    co_return out;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Millis lease = kind_.pace().prepare_lease;
  auto taken = co_await claims::claim(unit, kind_.name(), domain::JobState::preparing, limit, lease);
  for (domain::Job& job : taken) {
    out.push_back(run(std::move(job)));
  }
  co_return out;
}

Task<void> PrepareWorker::run(domain::Job job) {
  auto wants = read_wants(job.wants);
  Result<std::string> input = fail(Errc::update_malformed, "the wants of a job are unreadable");
  if (wants) {
    std::vector<WantedFile> files = std::move(wants->files);
    input = co_await handover_.fill(job.input, std::move(files));
  }
  co_await settle(std::move(job), std::move(input));
}

Task<void> PrepareWorker::settle(domain::Job job, Result<std::string> input) {
  if (!input && !is_final(input.error().code)) {
    co_await wait(std::move(job), std::move(input.error()));
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (input) {
    jobs::prepared(unit, job, *input);
  } else {
    log::warn(job.trace, "preparing: {} {}", code_of(input.error().code), input.error().detail);
    end(context_, unit, kind_, job, domain::JobState::failed, input.error().code);
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.submit.notify();
    context_.signals.outbox.notify();
  }
}

Task<void> PrepareWorker::wait(domain::Job job, Error error) {
  log::warn(job.trace, "preparing: {} {}", code_of(error.code), error.detail);
  const Policy& policy = context_.policy;
  const bool closes = closes_the_provider(error.code);
  const Millis delay =
      closes ? policy.provider_pause : doubled(policy.store_backoff, job.tries, policy.store_backoff_last);
  stores::UnitOfWork unit(context_.db, context_.rng);
  jobs::hand_back(unit, job, delay, true);
  co_await unit.commit();
  if (closes) {
    co_await state_.refused(error.code);
  }
}

}  // namespace aisha::services
