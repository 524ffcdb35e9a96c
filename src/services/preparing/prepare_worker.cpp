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

/// What is refused for good, or is ours and gone, comes again at every try.
bool is_final(Errc code) {
  return code == Errc::provider_rejected || code == Errc::not_found || code == Errc::prompt_blocked ||
         code == Errc::update_malformed;
}

}  // namespace

Task<std::optional<Millis>> PrepareWorker::due_in() {
  // An upload that is taken says nothing about the account: it is no probe, and has to wait for none.
  const auto opens = tools_.state.probe_at();
  if (opens && context_.db.now() < *opens) {
    co_return wait_until(context_, opens);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto due = co_await claims::next_due(unit, kind_.name(), domain::JobState::preparing);
  co_return wait_until(context_, due);
}

Task<std::vector<Task<void>>> PrepareWorker::claim(int limit) {
  std::vector<Task<void>> out;
  const auto opens = tools_.state.probe_at();
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
  if (!wants) {
    co_await trouble(std::move(job), std::move(wants.error()));
  } else if (!wants->words.empty()) {
    co_await rewrite(std::move(job), std::move(*wants));
  } else {
    co_await hand_over(std::move(job), std::move(*wants), std::nullopt);
  }
}

Task<void> PrepareWorker::rewrite(domain::Job job, Wants wants) {
  auto rewritten = co_await tools_.rewriter.rewrite(job, wants.words, std::move(wants.text));
  wants.text.clear();
  if (rewritten) {
    wants.said = rewritten->words;
    co_await hand_over(std::move(job), std::move(wants), std::move(*rewritten));
  } else if (rewritten.error().code == Errc::prompt_blocked) {
    co_await trouble(std::move(job), std::move(rewritten.error()));
  } else {
    wants.said = "";
    co_await hand_over(std::move(job), std::move(wants), std::nullopt);
  }
}

Task<void> PrepareWorker::hand_over(domain::Job job, Wants wants, std::optional<Rewriter::Rewritten> rewritten) {
  std::string unfilled = rewritten ? rewritten->input : job.input;
  std::vector<WantedFile> files = std::move(wants.files);
  wants.files.clear();
  auto input = co_await tools_.handover.fill(std::move(unfilled), std::move(files));
  if (!input) {
    co_await trouble(std::move(job), std::move(input.error()));
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  if (rewritten) {
    tools_.rewriter.write(unit, job, *rewritten);
  }
  jobs::prepared(unit, job, *input, write_wants(wants));
  if (wants.said) {
    enqueue(unit, kind_.message(job, Telling::status, "words"));
  }
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.submit.notify();
    context_.signals.outbox.notify();
  }
}

Task<void> PrepareWorker::trouble(domain::Job job, Error error) {
  log::warn(job.trace, "preparing: {} {}", code_of(error.code), error.detail);
  if (!is_final(error.code)) {
    co_await wait(std::move(job), std::move(error));
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  end(context_, unit, kind_, job, domain::JobState::failed, error.code);
  const auto written = co_await unit.commit();
  if (written) {
    context_.signals.outbox.notify();
  }
}

Task<void> PrepareWorker::wait(domain::Job job, Error error) {
  const Policy& policy = context_.policy;
  const bool closes = closes_the_provider(error.code);
  const Millis delay =
      closes ? policy.provider_pause : doubled(policy.store_backoff, job.tries, policy.store_backoff_last);
  stores::UnitOfWork unit(context_.db, context_.rng);
  jobs::hand_back(unit, job, delay, true);
  co_await unit.commit();
  if (closes) {
    co_await tools_.state.refused(error.code);
  }
}

}  // namespace aisha::services
