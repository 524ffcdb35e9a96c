// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/webhook_intake.hpp"

#include "base/log.hpp"
#include "services/jobs/result_intake.hpp"
#include "stores/jobs/attempts.hpp"
#include "stores/jobs/jobs.hpp"

namespace aisha::services {

Task<Result<void>> WebhookIntake::take(std::string token, providers::WebhookCall call) {
  auto proven = co_await reader_.prove(call);
  if (!proven) {
    co_return proven;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto attempt = co_await stores::attempts::of_token(unit, token);
  if (!attempt) {
    co_return fail(Errc::fal_foreign, "no attempt has this token");
  }
  const auto job = co_await stores::jobs::load(unit, attempt->job_id);
  JobKind* kind = job ? kinds_.find(job->kind) : nullptr;
  if (kind == nullptr) {
    co_return fail(Errc::fal_foreign, "its job ended long ago");
  }
  auto news = reader_.read(call, kind->shape(*job));
  if (!news) {
    log::warn(job->trace, "a webhook cannot be read: {}", news.error().detail);
    co_return std::unexpected(news.error());
  }
  if (!attempt->request_id.empty() && attempt->request_id != news->request_id) {
    co_return fail(Errc::fal_foreign, "the attempt of this token has another request");
  }
  co_await kind->heard(*job, std::nullopt);
  if (!news->result) {
    co_return co_await ask_soon(std::move(token), std::move(news->request_id), job->state);
  }
  News last{std::move(news->request_id), std::move(token), std::move(*news->result)};
  co_await link_.intake.take(std::move(last));
  co_return Result<void>();
}

/// It is over, but the call does not say how.
Task<Result<void>> WebhookIntake::ask_soon(std::string token, std::string request_id, domain::JobState state) {
  if (state == domain::JobState::submitting) {
    co_return fail(Errc::unavailable, "its submit is still under way");
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::jobs::Accepted accepted;
  accepted.request_id = std::move(request_id);
  const bool running = co_await stores::jobs::accept_late(unit, std::move(token), std::move(accepted), Millis(0));
  const auto written = co_await unit.commit();
  if (!written) {
    co_return fail(Errc::unavailable, "somebody else wrote this job first");
  }
  if (running) {
    context_.signals.poll.notify();
  }
  co_return Result<void>();
}

}  // namespace aisha::services
