// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/reaper.hpp"

#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "services/jobs/remote.hpp"
#include "stores/jobs/job_steps.hpp"

namespace aisha::services {
namespace {

namespace steps = stores::job_steps;

constexpr std::int64_t kBatch = 50;
constexpr Millis kAskAgain{10'000};

}  // namespace

Task<void> Reaper::run() {
  co_await side_.news.apply_pending();
  co_await doubt_expired_submits();
  co_await close_windows();
  co_await cancel_waiting();
  co_await cancel_running();
  co_await enforce_deadlines();
}

// Each in a unit of its own: a conflict of one says nothing about the others.

Task<void> Reaper::doubt_expired_submits() {
  stores::UnitOfWork reading(context_.db, context_.rng);
  const auto jobs = co_await steps::expired_submits(reading, kBatch);
  for (const domain::Generation& job : jobs) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    steps::to_unconfirmed(unit, job, context_.policy.adoption_window);
    co_await unit.commit();
  }
}

Task<void> Reaper::close_windows() {
  stores::UnitOfWork reading(context_.db, context_.rng);
  const auto jobs = co_await steps::unconfirmed_due(reading, kBatch);
  for (const domain::Generation& job : jobs) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const domain::JobState next = steps::give_up_waiting(unit, job);
    if (next == domain::JobState::failed) {
      end_without_picture(context_, unit, job, Meaning::job_failed, Errc::provider_timeout);
    }
    const auto written = co_await unit.commit();
    if (written) {
      context_.signals.submit.notify();
      context_.signals.outbox.notify();
    }
  }
}

Task<bool> Reaper::end(domain::Generation job, Meaning meaning, Errc why) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (meaning == Meaning::job_cancelled) {
    steps::cancel(unit, job);
  } else {
    steps::fail(unit, job, why);
  }
  end_without_picture(context_, unit, job, meaning, why);
  const auto written = co_await unit.commit();
  if (written) {
    side_.gate.note_position(job.id, std::nullopt);
    context_.signals.outbox.notify();
  }
  co_return written.has_value();
}

Task<void> Reaper::cancel_waiting() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto jobs = co_await steps::cancel_candidates(unit, kBatch);
  for (const domain::Generation& job : jobs) {
    co_await end(job, Meaning::job_cancelled, Errc::job_cancelled);
  }
}

Task<void> Reaper::cancel_running() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const TimePoint now = unit.now();
  std::erase_if(asked_, [&](const auto& entry) { return entry.second + kAskAgain <= now; });
  const auto polls = co_await steps::running_cancels(unit, kBatch);
  for (const steps::Poll& poll : polls) {
    if (asked_.emplace(poll.job.id, now).second) {
      co_await cancel_at_provider(poll.job, remote_of(poll.job, poll.attempt));
    }
  }
}

Task<void> Reaper::cancel_at_provider(domain::Generation job, providers::RemoteJob remote) {
  const auto answer = co_await side_.provider.cancel(std::move(remote));
  if (!answer) {
    log::warn(job.id, "cancelling: {} {}", code_of(answer.error().code), answer.error().detail);
    co_return;
  }
  // "Asked" promises nothing, and a completed one has its picture: the next status tells.
  if (*answer == providers::CancelOutcome::removed || *answer == providers::CancelOutcome::unknown) {
    co_await end(std::move(job), Meaning::job_cancelled, Errc::job_cancelled);
  }
}

Task<void> Reaper::enforce_deadlines() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto jobs = co_await steps::past_deadline(unit, kBatch);
  for (const domain::Generation& job : jobs) {
    const bool ended = co_await end(job, Meaning::job_failed, Errc::job_deadline);
    const auto accepted = co_await steps::last_accepted(unit, job.id);
    if (ended && accepted && job.state == domain::JobState::running) {
      // The provider need not go on; whether it stops changes nothing for us.
      co_await side_.provider.cancel(remote_of(job, *accepted));
    }
  }
}

}  // namespace aisha::services
