// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/reaper.hpp"

#include <exception>
#include <functional>

#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "services/jobs/result_intake.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {
namespace {

namespace claims = stores::job_claims;
namespace jobs = stores::jobs;
using domain::JobState;

constexpr std::int64_t kBatch = 50;
constexpr Millis kAskAgain{10'000};

}  // namespace

Task<void> Reaper::run() {
  co_await steps_.run("provider_events", link_.intake.apply_pending());
  for (JobKind* kind : kinds_.all()) {
    co_await steps_.run("expired_submits", doubt_expired_submits(*kind));
    co_await steps_.run("unconfirmed_waits", close_windows(*kind));
  }
  co_await steps_.run("waiting_cancels", cancel_waiting());
  co_await steps_.run("running_cancels", cancel_running());
  co_await steps_.run("deadlines", enforce_deadlines());
}

Task<void> Reaper::each(std::vector<domain::Job> jobs, Work work) {
  std::exception_ptr first;
  for (domain::Job& job : jobs) {
    try {
      co_await std::invoke(work, this, std::move(job));
    } catch (const std::exception&) {
      first = first ? first : std::current_exception();
    }
  }
  if (first) {
    std::rethrow_exception(first);
  }
}

// Each in a unit of its own: a conflict of one says nothing about the others.

Task<void> Reaper::doubt_expired_submits(const JobKind& kind) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await claims::expired_submits(unit, kind.name(), kBatch);
  co_await each(std::move(found), &Reaper::doubt);
}

Task<void> Reaper::doubt(domain::Job job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  jobs::to_unconfirmed(unit, job, context_.policy.unconfirmed_wait);
  co_await unit.commit();
}

Task<void> Reaper::close_windows(const JobKind& kind) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await claims::unconfirmed_due(unit, kind.name(), kBatch);
  co_await each(std::move(found), &Reaper::close_window);
}

Task<void> Reaper::close_window(domain::Job job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const bool again = jobs::submit_again(unit, job);
  if (!again) {
    co_await end_now(std::move(job), JobState::failed, Errc::provider_timeout);
    co_return;
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.submit.notify();
  }
}

Task<bool> Reaper::end_now(domain::Job job, JobState state, Errc why) {
  JobKind* kind = kinds_.find(job.kind);
  if (kind == nullptr) {
    log::warn(job.trace, "a job of a kind this process does not know: {}", domain::text_of(job.kind));
    co_return false;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  end(context_, unit, *kind, job, state, why);
  const auto written = co_await unit.commit();
  if (written) {
    co_await kind->heard(std::move(job), std::nullopt);
    context_.signals.outbox.notify();
  }
  co_return written.has_value();
}

Task<void> Reaper::cancel_waiting() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await claims::cancel_candidates(unit, kBatch);
  co_await each(std::move(found), &Reaper::cancel_here);
}

Task<void> Reaper::cancel_here(domain::Job job) {
  co_await end_now(std::move(job), JobState::cancelled, Errc::job_cancelled);
}

Task<void> Reaper::cancel_running() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const TimePoint now = unit.now();
  std::erase_if(asked_, [&](const auto& entry) { return entry.second + kAskAgain <= now; });
  auto found = co_await claims::running_cancels(unit, kBatch);
  std::erase_if(found, [&](const domain::Job& job) { return !asked_.emplace(job.id, now).second; });
  co_await each(std::move(found), &Reaper::cancel_at_provider);
}

Task<void> Reaper::cancel_at_provider(domain::Job job) {
  const auto answer = co_await link_.provider.cancel(remote_of(job));
  if (!answer) {
    log::warn(job.trace, "cancelling: {} {}", code_of(answer.error().code), answer.error().detail);
    co_return;
  }
  // "Asked" promises nothing, and a completed one has its result: the next status tells.
  if (*answer == providers::CancelOutcome::removed || *answer == providers::CancelOutcome::unknown) {
    co_await end_now(std::move(job), JobState::cancelled, Errc::job_cancelled);
  }
}

Task<void> Reaper::enforce_deadlines() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await claims::past_deadline(unit, kBatch);
  co_await each(std::move(found), &Reaper::enforce_deadline);
}

Task<void> Reaper::enforce_deadline(domain::Job job) {
  const bool ended = co_await end_now(job, JobState::failed, Errc::job_deadline);
  if (ended && job.state == JobState::running) {
    // The provider need not go on. What it has made by now is its person's all the same.
    const auto answer = co_await link_.provider.cancel(remote_of(job));
    if (answer && *answer == providers::CancelOutcome::completed) {
      co_await fetch_late(std::move(job));
    }
  }
}

Task<void> Reaper::fetch_late(domain::Job job) {
  const JobKind* kind = kinds_.find(job.kind);
  if (kind == nullptr) {
    co_return;
  }
  auto result = co_await link_.provider.result(remote_of(job), kind->shape(job));
  if (result) {
    News news{job.request_id, {}, std::move(*result)};
    co_await link_.intake.take(std::move(news));
  }
}

}  // namespace aisha::services
