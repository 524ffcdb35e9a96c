// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/submit_worker.hpp"

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/job_steps.hpp"
#include "stores/pictures/generations.hpp"

namespace aisha::services {
namespace {

namespace steps = stores::job_steps;

constexpr int kWriteTries = 20;

bool closes_the_provider(Errc code) {
  return code == Errc::provider_auth || code == Errc::provider_balance;
}

bool may_submit_again(Errc code) {
  return code == Errc::net_not_sent || code == Errc::provider_busy;
}

bool is_unknown(Errc code) {
  return code == Errc::net_unknown || code == Errc::provider_protocol;
}

}  // namespace

Task<std::optional<Millis>> SubmitWorker::due_in() {
  if (!gate_.may_try(context_.db.now())) {
    co_return wait_until(context_, gate_.until());
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await steps::next_due(unit, domain::JobState::queued);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> SubmitWorker::claim(int limit) {
  std::vector<Task<void>> out;
  if (!gate_.may_try(context_.db.now())) {
    co_return out;
  }
  // One submit is enough to learn whether a closed provider is open again.
  const int wanted = gate_.paused() ? std::min(limit, 1) : limit;
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto jobs = co_await steps::claim(unit, domain::JobState::queued, wanted, context_.policy.lease);
  for (domain::Generation& job : jobs) {
    out.push_back(run(std::move(job)));
  }
  co_return out;
}

Task<void> SubmitWorker::run(domain::Generation job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::string token = unit.new_token();
  steps::begin_submit(unit, job, token, context_.policy.lease);
  const auto begun = co_await unit.commit();
  if (!begun) {
    co_return;
  }
  auto current = co_await stores::generations::load(unit, job.id);
  if (!current || current->state != domain::JobState::submitting) {
    co_return;
  }
  providers::Submission submission;
  submission.endpoint = current->model;
  submission.input = current->input;
  if (!context_.policy.webhook_base.empty()) {
    submission.webhook = context_.policy.webhook_base + token;
  }
  auto answer = co_await provider_.submit(std::move(submission));
  if (answer) {
    gate_.resume();
    co_await accepted(std::move(*current), token, std::move(*answer));
  } else if (is_unknown(answer.error().code)) {
    log::warn(job.id, "submit: outcome unknown: {}", answer.error().detail);
    co_await unknown(std::move(*current));
  } else {
    log::warn(job.id, "submit: {} {}", code_of(answer.error().code), answer.error().detail);
    co_await refused(std::move(*current), token, answer.error());
  }
}

// The one answer that cannot be had again: an outage of the database must not lose it.
Task<void> SubmitWorker::accepted(domain::Generation job, std::string token, providers::RemoteJob remote) {
  for (int i = 0; i < kWriteTries; ++i) {
    bool written = false;
    try {
      written = co_await write_accepted(job, token, remote);
    } catch (const sql::Outage& outage) {
      log::error(job.id, "the answer to the submit is not written yet: {}", outage.what());
    }
    if (written) {
      log::info(job.id, "submitted to {} as {}, attempt {}", job.model, remote.request_id, job.attempt);
      context_.signals.poll.notify();
      co_return;
    }
    co_await context_.clock.sleep(context_.policy.submit_backoff);
  }
}

Task<bool> SubmitWorker::write_accepted(domain::Generation job, std::string token, providers::RemoteJob remote) {
  steps::Accepted accepted;
  accepted.request_id = remote.request_id;
  accepted.handle = remote.response_url;
  stores::UnitOfWork unit(context_.db, context_.rng);
  steps::accept_submit(unit, job, token, accepted, context_.policy.poll_first);
  const auto in_time = co_await unit.commit();
  if (in_time) {
    co_return true;
  }
  stores::UnitOfWork late(context_.db, context_.rng);
  co_await steps::adopt(late, token, accepted, context_.policy.poll_first);
  const auto adopted = co_await late.commit();
  co_return adopted.has_value();
}

Task<void> SubmitWorker::refused(domain::Generation job, std::string token, Error error) {
  steps::Refusal refusal;
  refusal.code = error.code;
  if (closes_the_provider(error.code)) {
    gate_.pause(error.code, context_.db.now() + context_.policy.provider_pause);
    refusal.retry_after = context_.policy.provider_pause;
    refusal.burns_attempt = false;
  } else if (may_submit_again(error.code)) {
    refusal.retry_after = doubled(context_.policy.submit_backoff, job.attempt - 1, context_.policy.lease);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const domain::JobState next = steps::refuse_submit(unit, job, token, refusal);
  if (next == domain::JobState::failed) {
    end_without_picture(context_, unit, job, Meaning::job_failed, error.code);
  } else {
    tell(unit, job, Meaning::job_status, "waiting");
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
    context_.signals.submit.notify();
  }
}

Task<void> SubmitWorker::unknown(domain::Generation job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  steps::to_unconfirmed(unit, job, context_.policy.adoption_window);
  co_await unit.commit();
}

}  // namespace aisha::services
