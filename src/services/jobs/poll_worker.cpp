// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/poll_worker.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "services/jobs/result_intake.hpp"
#include "stores/jobs/job_claims.hpp"

namespace aisha::services {
namespace {

namespace claims = stores::job_claims;

// A request may not be known everywhere at the provider right after it was taken.
constexpr std::int64_t kGoneTries = 3;
constexpr std::size_t kShownKept = 4096;

}  // namespace

Task<std::optional<Millis>> PollWorker::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await claims::next_due(unit, kind_.name(), domain::JobState::running);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> PollWorker::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const JobPace all = kind_.pace();
  const claims::PollPace pace{.often = all.poll_often, .patient = all.poll_patient, .seldom = all.poll_seldom};
  auto running = co_await claims::claim_polls(unit, kind_.name(), limit, pace);
  std::vector<Task<void>> out;
  for (domain::Job& job : running) {
    out.push_back(run(std::move(job)));
  }
  co_return out;
}

Task<void> PollWorker::run(domain::Job job) {
  providers::RemoteJob remote = remote_of(job);
  const auto status = co_await link_.provider.status(remote);
  if (!status) {
    const Errc code = status.error().code;
    if (code == Errc::provider_gone || (code == Errc::result_gone && job.tries >= kGoneTries)) {
      News news{remote.request_id, {}, std::unexpected(status.error())};
      co_await link_.intake.take(std::move(news));
    } else {
      trouble(job, status.error());
    }
    co_return;
  }
  if (status->phase == providers::RemoteStatus::Phase::completed) {
    co_await completed(std::move(job), std::move(remote));
  } else {
    co_await show(std::move(job), *status);
  }
}

Task<void> PollWorker::completed(domain::Job job, providers::RemoteJob remote) {
  co_await kind_.heard(job, std::nullopt);
  const providers::OutputShape shape = kind_.shape(job);
  auto result = co_await link_.provider.result(remote, shape);
  if (!result) {
    switch (result.error().code) {
      case Errc::provider_busy:
      case Errc::unavailable:
      case Errc::provider_auth:
      case Errc::provider_balance:
      case Errc::provider_protocol: trouble(job, result.error()); co_return;
      default: break;
    }
  }
  shown_.erase(job.id);
  News news{std::move(remote.request_id), {}, std::move(result)};
  co_await link_.intake.take(std::move(news));
}

Task<void> PollWorker::show(domain::Job job, providers::RemoteStatus status) {
  co_await kind_.heard(job, status);
  const TimePoint now = context_.db.now();
  const bool slow = now - job.created_at >= context_.policy.slow_after;
  const bool working = status.phase == providers::RemoteStatus::Phase::working;
  const bool waits_long = !working && now - job.created_at >= context_.policy.queue_told_after;
  // The words are found when it is sent; this only tells one situation from another.
  std::string situation = fmt::format("{}{}{}{}", working ? "run" : "wait", status.queue_position.value_or(0),
                                      waits_long ? "long" : "", slow ? "slow" : "");
  if (shown_.size() > kShownKept) {
    // What ended elsewhere (a webhook, another process) is not erased by its end.
    std::erase_if(shown_, [&](const auto& entry) { return now - entry.second.first > kind_.pace().deadline; });
  }
  auto& [told_at, told] = shown_[job.id];
  if (situation == told || now - told_at < context_.policy.status_interval) {
    co_return;
  }
  told_at = now;
  told = situation;
  stores::UnitOfWork unit(context_.db, context_.rng);
  enqueue(unit, kind_.message(job, Telling::status, situation));
  co_await unit.commit();
  context_.signals.outbox.notify();
}

void PollWorker::trouble(const domain::Job& job, const Error& error) {
  log::warn(job.trace, "polling: {} {}", code_of(error.code), error.detail);
}

}  // namespace aisha::services
