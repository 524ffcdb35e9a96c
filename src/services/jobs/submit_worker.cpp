// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/submit_worker.hpp"

#include <utility>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {
namespace {

namespace jobs = stores::jobs;
namespace claims = stores::job_claims;

constexpr int kWriteTries = 20;

bool may_submit_again(Errc code) {
  return code == Errc::net_not_sent || code == Errc::provider_busy;
}

/// A cost that no row has yet, however the writing of it ends.
class Begun {
 public:
  Begun(std::int64_t& sum, std::int64_t cost) : sum_(sum), cost_(cost) {}
  Begun(const Begun&) = delete;
  Begun& operator=(const Begun&) = delete;
  ~Begun() { over(); }
  void over() { sum_ -= std::exchange(cost_, 0); }

 private:
  std::int64_t& sum_;
  std::int64_t cost_;
};

bool is_unknown(Errc code) {
  return code == Errc::net_unknown || code == Errc::provider_protocol;
}

}  // namespace

Task<std::optional<Millis>> SubmitWorker::due_in() {
  const auto probe_at = state_.probe_at();
  if (probe_at && context_.db.now() < *probe_at) {
    co_return wait_until(context_, probe_at);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await claims::next_due(unit, kind_.name(), domain::JobState::queued);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> SubmitWorker::claim(int limit) {
  std::vector<Task<void>> out;
  const auto probe_at = state_.probe_at();
  if (probe_at && context_.db.now() < *probe_at) {
    co_return out;
  }
  bool probes = false;
  if (probe_at) {
    probes = co_await state_.take_probe(kind_.pace().lease);
    if (state_.paused() && !probes) {
      co_return out;
    }
  }
  const int wanted = probes ? std::min(limit, 1) : limit;
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto taken = co_await claims::claim(unit, kind_.name(), domain::JobState::queued, wanted, kind_.pace().lease);
  std::optional<std::int64_t> room;
  if (!taken.empty()) {
    // Before the sum is read: what is written down meanwhile counts twice for a moment, never not at all.
    const std::int64_t begun = begun_micro_usd_;
    room = co_await spending_.room();
    if (room) {
      *room -= begun;
    }
  }
  for (domain::Job& job : taken) {
    const bool fits = !room || job.cost_micro_usd <= *room;
    if (room && fits) {
      *room -= job.cost_micro_usd;
    }
    begun_micro_usd_ += fits ? job.cost_micro_usd : 0;
    out.push_back(fits ? run(std::move(job), probes) : hold_off(std::move(job), probes));
  }
  if (probes && out.empty()) {
    co_await state_.not_told();
  }
  co_return out;
}

Task<void> SubmitWorker::run(domain::Job job, bool probes) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  std::string token = unit.new_token();
  auto current = jobs::begin_submit(unit, std::move(job), token, kind_.pace().lease);
  Begun counted(begun_micro_usd_, current.cost_micro_usd);
  const auto begun = co_await unit.commit();
  counted.over();
  if (begun) {
    co_await submit(std::move(current), std::move(token));
  }
  if (probes) {
    co_await state_.not_told();
  }
}

Task<void> SubmitWorker::hold_off(domain::Job job, bool probes) {
  const Millis wait = spending_.until_midnight();
  const bool ends = context_.db.now() + wait >= job.deadline_at;
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (ends) {
    end(context_, unit, kind_, job, domain::JobState::failed, Errc::limit_spend);
  } else {
    jobs::hand_back(unit, job, wait, false);
  }
  const auto written = co_await unit.commit();
  if (written && ends) {
    context_.signals.outbox.notify();
  }
  if (probes) {
    co_await state_.not_told();
  }
}

Task<void> SubmitWorker::submit(domain::Job job, std::string token) {
  providers::Submission submission;
  submission.endpoint = job.model;
  submission.input = job.input;
  if (!context_.policy.webhook_base.empty()) {
    submission.webhook = context_.policy.webhook_base + token;
  }
  auto answer = co_await provider_.submit(std::move(submission));
  if (answer) {
    co_await accepted(std::move(job), std::move(token), std::move(*answer));
    co_await state_.opened();
  } else if (is_unknown(answer.error().code)) {
    log::warn(job.trace, "submit: outcome unknown: {}", answer.error().detail);
    co_await unknown(std::move(job));
  } else {
    log::warn(job.trace, "submit: {} {}", code_of(answer.error().code), answer.error().detail);
    co_await refused(std::move(job), std::move(token), answer.error());
  }
}

// The one answer that cannot be had again: an outage of the database must not lose it.
Task<void> SubmitWorker::accepted(domain::Job job, std::string token, providers::RemoteJob remote) {
  for (int i = 0; i < kWriteTries; ++i) {
    bool written = false;
    try {
      written = co_await write_accepted(job, token, remote);
    } catch (const sql::Outage& outage) {
      log::error(job.trace, "the answer to the submit is not written yet: {}", outage.what());
    }
    if (written) {
      log::info(job.trace, "submitted to {} as {}, attempt {}", job.model, remote.request_id, job.attempt);
      context_.signals.poll.notify();
      co_return;
    }
    co_await context_.clock.sleep(context_.policy.submit_backoff);
  }
}

Task<bool> SubmitWorker::write_accepted(domain::Job job, std::string token, providers::RemoteJob remote) {
  jobs::Accepted accepted;
  accepted.request_id = remote.request_id;
  accepted.handle = remote.response_url;
  stores::UnitOfWork unit(context_.db, context_.rng);
  jobs::accept_submit(unit, job, token, accepted, kind_.pace().poll_often);
  const auto in_time = co_await unit.commit();
  if (in_time) {
    co_return true;
  }
  stores::UnitOfWork late(context_.db, context_.rng);
  co_await jobs::accept_late(late, token, accepted, kind_.pace().poll_often);
  const auto written = co_await late.commit();
  co_return written.has_value();
}

Task<void> SubmitWorker::refused(domain::Job job, std::string token, Error error) {
  jobs::Refusal refusal;
  if (closes_the_provider(error.code)) {
    refusal.retry_after = context_.policy.provider_pause;
    refusal.burns_attempt = false;
  } else if (may_submit_again(error.code)) {
    refusal.retry_after = doubled(context_.policy.submit_backoff, job.attempt - 1, kind_.pace().lease);
  }
  std::optional<Elsewhere> elsewhere;
  if (error.code == Errc::provider_gone) {
    elsewhere = co_await kind_.elsewhere(job);
  }
  if (elsewhere) {
    refusal.retry_after = Millis(0);
    refusal.burns_attempt = false;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (elsewhere) {
    move_to(unit, kind_, job, *elsewhere);
  }
  const bool again = jobs::refuse_submit(unit, job, token, refusal);
  if (again) {
    enqueue(unit, kind_.message(job, Telling::status, "waiting"));
  } else {
    end(context_, unit, kind_, job, domain::JobState::failed, error.code);
  }
  const auto written = co_await unit.commit();
  if (closes_the_provider(error.code)) {
    co_await state_.refused(error.code);
  }
  if (written) {
    context_.signals.outbox.notify();
    context_.signals.submit.notify();
  }
}

Task<void> SubmitWorker::unknown(domain::Job job) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  jobs::to_unconfirmed(unit, job, context_.policy.unconfirmed_wait);
  // Said at once: until it is known, nothing else would happen before the person's eyes.
  enqueue(unit, kind_.message(job, Telling::status, "unsure"));
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
  }
}

}  // namespace aisha::services
