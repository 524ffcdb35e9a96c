// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/poll_worker.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "services/generations/progress.hpp"
#include "services/jobs/endings.hpp"
#include "services/jobs/remote.hpp"
#include "stores/jobs/job_steps.hpp"

namespace aisha::services {
namespace {

namespace steps = stores::job_steps;

// A request may not be known everywhere at the provider right after it was taken.
constexpr std::int64_t kGoneTries = 3;
constexpr std::size_t kShownKept = 4096;

}  // namespace

providers::RemoteJob remote_of(const domain::Generation& job, const steps::Accepted& accepted) {
  providers::RemoteJob out;
  out.endpoint = job.model;
  out.request_id = accepted.request_id;
  out.response_url = accepted.handle;
  return out;
}

providers::OutputShape shape_of(const catalog::ModelRegistry& models, const std::string& endpoint) {
  providers::OutputShape out;
  if (const catalog::Model* model = models.by_endpoint(endpoint); model != nullptr) {
    out.images_field = model->images_field;
    out.nsfw_field = model->nsfw_field;
  }
  return out;
}

Task<std::optional<Millis>> PollWorker::due_in() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await steps::next_due(unit, domain::JobState::running);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> PollWorker::claim(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  steps::PollPace pace;
  pace.often = context_.policy.poll_first;
  pace.patient = context_.policy.poll_patient;
  pace.seldom = context_.policy.poll_last;
  auto polls = co_await steps::claim_polls(unit, limit, pace);
  std::vector<Task<void>> out;
  for (steps::Poll& poll : polls) {
    providers::RemoteJob remote = remote_of(poll.job, poll.attempt);
    out.push_back(run(std::move(poll.job), std::move(remote)));
  }
  co_return out;
}

Task<void> PollWorker::run(domain::Generation job, providers::RemoteJob remote) {
  const auto status = co_await side_.provider.status(remote);
  if (!status) {
    if (status.error().code == Errc::result_gone && job.tries >= kGoneTries) {
      News news{remote.request_id, {}, std::unexpected(status.error())};
      co_await side_.news.take(std::move(news));
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

Task<void> PollWorker::completed(domain::Generation job, providers::RemoteJob remote) {
  side_.gate.note_position(job.id, std::nullopt);
  co_await forget_progress(context_, job.id);
  const providers::OutputShape shape = shape_of(side_.models, job.model);
  auto result = co_await side_.provider.result(remote, shape);
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
  co_await side_.news.take(std::move(news));
}

Task<void> PollWorker::show(domain::Generation job, providers::RemoteStatus status) {
  side_.gate.note_position(job.id, status.queue_position);
  const Progress progress{status.queue_position, side_.gate.usual_seconds(job.model)};
  co_await note_progress(context_, job.id, progress);
  const TimePoint now = context_.db.now();
  const bool slow = now - job.created_at >= context_.policy.slow_after;
  const bool working = status.phase == providers::RemoteStatus::Phase::working;
  // The words are found when it is sent; this only tells one situation from another.
  std::string situation =
      fmt::format("{}{}{}", working ? "run" : "wait", status.queue_position.value_or(0), slow ? "slow" : "");
  if (shown_.size() > kShownKept) {
    // What ended elsewhere (a webhook, another process) is not erased by its end.
    std::erase_if(shown_, [&](const auto& entry) { return now - entry.second.first > context_.policy.deadline; });
  }
  auto& [told_at, told] = shown_[job.id];
  if (situation == told || now - told_at < context_.policy.status_interval) {
    co_return;
  }
  told_at = now;
  told = situation;
  stores::UnitOfWork unit(context_.db, context_.rng);
  tell(unit, job, Meaning::job_status, situation);
  co_await unit.commit();
  context_.signals.outbox.notify();
}

void PollWorker::trouble(const domain::Generation& job, const Error& error) {
  log::warn(job.id, "following: {} {}", code_of(error.code), error.detail);
}

}  // namespace aisha::services
