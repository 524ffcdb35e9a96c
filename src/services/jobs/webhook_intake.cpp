// SPDX-License-Identifier: Apache-2.0
#include "services/jobs/webhook_intake.hpp"

#include "base/log.hpp"
#include "services/jobs/remote.hpp"
#include "stores/jobs/job_steps.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/pictures/generations.hpp"

namespace aisha::services {

Task<Result<void>> WebhookIntake::take(std::string token, providers::WebhookCall call) {
  auto proven = co_await reader_.prove(call);
  if (!proven) {
    co_return proven;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto owner = co_await stores::provider_events::owner_of(unit, token);
  if (!owner) {
    co_return fail(Errc::fal_foreign, "no attempt has this token");
  }
  const auto job = co_await stores::generations::load(unit, owner->job_id);
  if (!job) {
    co_return fail(Errc::fal_foreign, "its generation is gone");
  }
  auto news = reader_.read(call, shape_of(side_.models, job->model));
  if (!news) {
    log::warn("a webhook for {} cannot be read: {}", job->id.to_string(), news.error().detail);
    co_return std::unexpected(news.error());
  }
  if (owner->request_id.value_or(news->request_id) != news->request_id) {
    co_return fail(Errc::fal_foreign, "the attempt of this token has another request");
  }
  side_.gate.note_position(job->id, std::nullopt);
  if (!news->result) {
    co_return co_await ask_soon(std::move(token), std::move(news->request_id), job->state);
  }
  News last{std::move(news->request_id), std::move(token), std::move(*news->result)};
  co_await side_.news.take(std::move(last));
  co_return Result<void>();
}

/// It is over, but the call does not say how.
Task<Result<void>> WebhookIntake::ask_soon(std::string token, std::string request_id, domain::JobState state) {
  if (state == domain::JobState::submitting) {
    co_return fail(Errc::unavailable, "its submit is still under way");
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::job_steps::Accepted accepted;
  accepted.request_id = std::move(request_id);
  const bool adopted = co_await stores::job_steps::adopt(unit, std::move(token), std::move(accepted), Millis(0));
  const auto written = co_await unit.commit();
  if (!written) {
    co_return fail(Errc::unavailable, "somebody else wrote this generation first");
  }
  if (adopted) {
    context_.signals.poll.notify();
  }
  co_return Result<void>();
}

}  // namespace aisha::services
