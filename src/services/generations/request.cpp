// SPDX-License-Identifier: Apache-2.0
#include "services/generations/request.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "base/zone.hpp"
#include "cache/keys.hpp"
#include "services/generations/plan.hpp"
#include "services/generations/progress.hpp"
#include "services/jobs/endings.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/request_keys.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

namespace requests = stores::requests;

}  // namespace

std::string tap_key(std::int64_t chat_id, std::int64_t message_id, std::int64_t revision) {
  return fmt::format("tap:{}:{}:{}", chat_id, message_id, revision);
}

Task<Result<void>> Generations::take_rate(Turn& turn, std::string key) {
  const cache::Rate rate{context_.policy.rate_requests, context_.policy.rate_window};
  const Millis wait = co_await context_.rates.take(cache::keys::request_rate(turn.user().id), std::move(key), rate);
  if (wait > Millis(0)) {
    const about::Wait told{std::chrono::ceil<std::chrono::seconds>(wait).count()};
    co_return fail(Errc::limit_rate, fmt::format("wait {} s", told.seconds), told);
  }
  co_return Result<void>{};
}

void Generations::collect(Turn& turn, Plan plan, bool new_message, const std::string& key) {
  domain::Picture& picture = plan.picture;
  stores::UnitOfWork& unit = turn.unit();
  domain::Chat& chat = turn.chat();
  picture.local_day = local_day(unit.now(), turn.user().timezone);
  picture.chat_id = chat.chat_id;
  domain::Job job;
  job.id = picture.id;
  job.kind = kind_.name();
  job.user_id = picture.user_id;
  job.chat_id = picture.chat_id;
  job.trace = turn.trace();
  job.model = picture.model;
  job.input = std::move(plan.input);
  job.price = picture.price;
  job.max_attempts = context_.policy.max_attempts;
  job.deadline_at = unit.now() + kind_.pace().deadline;
  if (!new_message) {
    job.status_message_id = std::exchange(chat.card_message_id, 0);
    chat.photo_key.clear();
    chat.caption_hash.clear();
    chat.keyboard_hash.clear();
  }
  ++chat.card_revision;
  stores::request_keys::add(unit, key, picture.id);
  requests::create(unit, picture);
  stores::jobs::create(unit, job);
  stores::ledger::hold(unit, job.user_id, job.id, job.price);
  enqueue(unit, kind_.message(job, Telling::status, "start"));
  turn.trace_is_used_ = true;
  unit.when_durable([&metrics = context_.metrics, trace = job.trace, price = job.price, model = job.model] {
    metrics.asked(price);
    log::info(trace, "asked for: {}, {} coins held", model, price);
  });
  turn.balance_ -= job.price;
  turn.wake_submit_ = true;
  turn.wake_outbox_ = true;
}

Task<Result<AcceptedOrder>> Generations::request(Turn& turn, GenerationOrder order, std::string key) {
  AcceptedOrder accepted;
  const auto before = co_await requests::before(turn.unit(), key, turn.user().id);
  if (before.same_key) {
    accepted.id = *before.same_key;
    accepted.balance = turn.balance_;
    accepted.repeated = true;
    co_return accepted;
  }
  if (const auto why = provider_.paused()) {
    co_return fail(*why, "the queue is paused");
  }
  const bool new_message = order.new_message;
  auto planned = co_await plan(turn, std::move(order));
  if (!planned) {
    co_return std::unexpected(planned.error());
  }
  if (before.open >= context_.policy.max_active) {
    const about::Count open{before.open};
    co_return fail(Errc::limit_active, fmt::format("{} are open", open.n), open);
  }
  const std::int64_t price = planned->picture.price;
  if (turn.balance_ < price) {
    const about::Need coins{price, turn.balance_};
    co_return fail(Errc::credits_insufficient, fmt::format("{} of {} coins", coins.have, coins.need), coins);
  }
  // Last, since it counts: what is accepted, and the same key once however often a conflict brings it back.
  const auto allowed = co_await take_rate(turn, key);
  if (!allowed) {
    co_return std::unexpected(allowed.error());
  }
  accepted.id = planned->picture.id;
  accepted.price = price;
  collect(turn, std::move(*planned), new_message, key);
  accepted.balance = turn.balance_;
  co_return accepted;
}

Task<Result<AcceptedOrder>> Generations::repeat(Turn& turn, Uuid id, std::string key) {
  const auto old = co_await requests::load_owned(turn.unit(), id, turn.user().id);
  if (!old) {
    co_return fail(Errc::not_found);
  }
  GenerationOrder order;
  order.template_id = old->template_id;
  order.prompt = old->custom_prompt;
  order.aspect_ratio = old->aspect_ratio;
  order.quality_preset = old->quality_preset;
  order.avatar_id = old->avatar_id;
  order.parent_id = old->id;
  co_return co_await request(turn, std::move(order), std::move(key));
}

Task<Result<Generations::CancelAnswer>> Generations::cancel(Turn& turn, Uuid id) {
  const auto job = co_await stores::jobs::load(turn.unit(), id);
  if (!job || job->user_id != turn.user().id) {
    const auto picture = co_await requests::load_owned(turn.unit(), id, turn.user().id);
    if (!picture) {
      co_return fail(Errc::not_found);
    }
    co_return CancelAnswer::too_late;
  }
  switch (job->state) {
    case domain::JobState::queued:
      // Fenced by the epoch: a submitter that claims it meanwhile makes the commit a conflict.
      end(context_, turn.unit(), kind_, *job, domain::JobState::cancelled, Errc::job_cancelled);
      turn.balance_ += job->price;
      turn.wake_outbox_ = true;
      co_return CancelAnswer::cancelled;
    case domain::JobState::submitting:
    case domain::JobState::unconfirmed:
    case domain::JobState::running:
      if (!job->cancel_requested) {
        stores::jobs::request_cancel(turn.unit(), id, turn.user().id);
      }
      co_return CancelAnswer::asked;
    default: co_return CancelAnswer::too_late;
  }
}

StatusView Generations::view_of(domain::Picture picture, std::optional<domain::Job> job) const {
  StatusView out;
  const TimePoint end = picture.finished_at.value_or(context_.db.now());
  out.elapsed = end - picture.created_at;
  out.slow = picture.state == domain::PictureState::open && out.elapsed >= context_.policy.slow_after;
  out.usual_seconds = times_.seconds(picture.model);
  out.provider_paused = provider_.paused().has_value();
  out.picture = std::move(picture);
  out.job = std::move(job);
  return out;
}

Task<Result<StatusView>> Generations::status(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await requests::load_with_job(unit, id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  auto view = view_of(std::move(found->picture), std::move(found->job));
  if (!view.job) {
    co_return view;
  }
  if (view.job->state == domain::JobState::queued) {
    view.queue_position = static_cast<int>(co_await stores::job_claims::queue_ahead(unit, *view.job));
  } else if (view.job->state == domain::JobState::running) {
    const auto progress = co_await progress_of(context_, id);
    if (progress) {
      view.queue_position = progress->ahead;
      view.usual_seconds = view.usual_seconds ? view.usual_seconds : progress->usual_seconds;
    }
  }
  co_return view;
}

Task<Result<StatusView>> Generations::status(Uuid owner, Uuid id) {
  auto view = co_await status(id);
  if (!view || view->picture.user_id != owner) {
    co_return fail(Errc::not_found);
  }
  co_return view;
}

}  // namespace aisha::services
