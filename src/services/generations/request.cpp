// SPDX-License-Identifier: Apache-2.0
#include "services/generations/request.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/json.hpp"
#include "base/log.hpp"
#include "base/zone.hpp"
#include "cache/keys.hpp"
#include "services/generations/plan.hpp"
#include "services/generations/progress.hpp"
#include "services/jobs/endings.hpp"
#include "stores/batches/batches.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/request_keys.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/pictures/picture_texts.hpp"
#include "stores/pictures/requests.hpp"

namespace aisha::services {
namespace {

namespace requests = stores::requests;

}  // namespace

std::string tap_key(std::int64_t chat_id, std::int64_t message_id, std::int64_t revision) {
  return fmt::format("tap:{}:{}:{}", chat_id, message_id, revision);
}

Task<Result<void>> Generations::take_rate(const Actor& actor, std::string key) {
  const cache::Rate rate{context_.policy.rate_requests, context_.policy.rate_window};
  const Millis wait = co_await context_.rates.take(cache::keys::request_rate(actor.user().id), std::move(key), rate);
  if (wait > Millis(0)) {
    const about::Wait told{std::chrono::ceil<std::chrono::seconds>(wait).count()};
    co_return fail(Errc::limit_rate, fmt::format("wait {} s", told.seconds), told);
  }
  co_return Result<void>{};
}

domain::Job Generations::collect_one(Actor& actor, const Plan& plan, std::optional<Uuid> batch, const std::string& key,
                                     Place place) {
  stores::UnitOfWork& unit = actor.unit();
  domain::Picture picture = plan.picture;
  picture.batch_id = batch;
  domain::Job job;
  job.id = picture.id;
  job.kind = kind_.name();
  job.user_id = picture.user_id;
  job.chat_id = picture.chat_id;
  job.status_message_id = place.message_id;
  job.trace = actor.trace();
  job.batch_id = batch;
  job.model = picture.model;
  job.input = plan.input;
  job.wants = write_wants(plan.wants);
  job.state = job.wants.empty() ? domain::JobState::queued : domain::JobState::preparing;
  job.price = picture.price;
  job.cost_micro_usd = plan.cost_micro_usd;
  job.max_attempts = context_.policy.max_attempts;
  job.deadline_at = unit.now() + plan.patience;
  stores::request_keys::add(unit, key, picture.id);
  requests::create(unit, picture);
  stores::jobs::create(unit, job);
  stores::ledger::hold(unit, job.user_id, job.id, job.price);
  unit.when_durable([&metrics = context_.metrics, trace = job.trace, price = job.price, model = job.model] {
    metrics.asked(price);
    log::info(trace, "asked for: {}, {} coins held", model, price);
  });
  actor.change_balance(-job.price);
  return job;
}

/// The same under another seed; an endpoint that takes none is asked the same again.
void Generations::renew_seed(Plan& plan) const {
  plan.picture.seed = static_cast<std::int64_t>(context_.rng.below(1ULL << 31U));
  auto input = json::parse(plan.input);
  if (input && input->is_object() && input->get_object().contains("seed")) {
    input->get_object()["seed"] = plan.picture.seed;
    plan.input = json::serialize(*input);
  }
}

Uuid Generations::collect(Actor& actor, Plan plan, std::int64_t count, const std::string& key, Place place) {
  stores::UnitOfWork& unit = actor.unit();
  plan.picture.local_day = local_day(unit.now(), actor.user().timezone);
  plan.picture.chat_id = actor.chat_id();
  place.chat.hand_over(place.message_id);
  std::optional<Uuid> batch;
  if (count > 1) {
    batch = unit.new_id();
    domain::Batch row;
    row.id = *batch;
    row.user_id = plan.picture.user_id;
    row.chat_id = plan.picture.chat_id;
    row.message_id = place.message_id;
    row.parent_id = plan.picture.parent_id;
    row.size = count;
    stores::batches::create(unit, row);
  }
  Uuid first;
  for (std::int64_t member = 1; member <= count; ++member) {
    plan.picture.id = actor.take_id();
    const bool is_first = member == 1;
    const auto job = collect_one(actor, plan, batch, is_first ? key : fmt::format("{}:{}", key, member), place);
    if (is_first) {
      first = job.id;
      // A batch is told of once, however many it has.
      enqueue(unit, kind_.message(job, Telling::status, "start"));
    }
    renew_seed(plan);
  }
  actor.wake(plan.wants.empty() ? context_.signals.submit : context_.signals.prepare);
  actor.wake(context_.signals.outbox);
  return first;
}

Task<Result<AcceptedOrder>> Generations::request(Actor& actor, GenerationOrder order, Place place) {
  AcceptedOrder accepted;
  const auto before = co_await requests::before(actor.unit(), order.key, actor.user().id);
  if (before.same_key) {
    accepted.id = *before.same_key;
    accepted.balance = actor.balance();
    accepted.repeated = true;
    co_return accepted;
  }
  if (before.is_stale) {
    co_return fail(Errc::callback_unknown, "the message is a picture's by now");
  }
  if (order.is_outdated) {
    co_return fail(Errc::card_changed, "what the card showed is no longer so");
  }
  if (const auto why = provider_.refuses(); why && !order.is_patient) {
    co_return fail(*why, "the provider is closed for now");
  }
  auto planned = co_await plan(actor, order);
  if (!planned) {
    co_return std::unexpected(planned.error());
  }
  if (before.open >= context_.policy.max_active) {
    const about::Count open{before.open};
    co_return fail(Errc::limit_active, fmt::format("{} are open", open.n), open);
  }
  const std::int64_t price = planned->picture.price * order.count;
  if (order.price_shown.value_or(price) != price) {
    co_return fail(Errc::price_changed, fmt::format("{} coins, the card showed {}", price, *order.price_shown));
  }
  if (actor.balance() < price) {
    const about::Need coins{price, actor.balance()};
    co_return fail(Errc::credits_insufficient, fmt::format("{} of {} coins", coins.have, coins.need), coins);
  }
  auto affordable = co_await spending_.admit(actor, planned->cost_micro_usd * order.count);
  if (!affordable) {
    co_return std::unexpected(std::move(affordable.error()));
  }
  // Last, since it counts: what is accepted, and the same key once however often a conflict brings it back.
  const auto allowed = co_await take_rate(actor, order.key);
  if (!allowed) {
    co_return std::unexpected(allowed.error());
  }
  accepted.price = price;
  accepted.id = collect(actor, std::move(*planned), order.count, order.key, place);
  accepted.balance = actor.balance();
  co_return accepted;
}

Task<Result<AcceptedOrder>> Generations::repeat(Actor& actor, Uuid id, std::string key, Place place,
                                                std::int64_t price_shown) {
  const auto old = co_await requests::load_owned(actor.unit(), id, actor.user().id);
  const bool can_be =
      old && (old->state == domain::PictureState::failed || old->state == domain::PictureState::cancelled);
  if (!can_be) {
    co_return fail(Errc::not_found);
  }
  GenerationOrder order;
  order.template_id = old->template_id;
  order.prompt = old->custom_prompt;
  order.aspect_ratio = old->aspect_ratio;
  order.quality_preset = old->quality_preset;
  order.avatar_id = old->avatar_id;
  // A picture that never came belongs into no family.
  order.parent_id = old->parent_id;
  order.variation = old->variation;
  order.likeness = old->likeness;
  order.source = old->source_id;
  order.changes_source = old->source_id && old->source_step == 0;
  order.source_step = old->source_step > 0 ? static_cast<std::size_t>(old->source_step - 1) : 0;
  if (old->variation && domain::keeps_seed(*old->variation)) {
    order.seed = old->seed;
  }
  order.key = std::move(key);
  order.price_shown = price_shown;
  co_return co_await request(actor, std::move(order), place);
}

Task<Result<Generations::CancelAnswer>> Generations::cancel(Actor& actor, Uuid id) {
  const auto job = co_await stores::jobs::load(actor.unit(), id);
  if (!job || job->user_id != actor.user().id) {
    const auto picture = co_await requests::load_owned(actor.unit(), id, actor.user().id);
    // A purged one is as if it had never been.
    const bool is_gone = !picture || (picture->deleted_at && picture->object.key.empty());
    if (is_gone) {
      co_return fail(Errc::not_found);
    }
    co_return CancelAnswer::too_late;
  }
  switch (job->state) {
    case domain::JobState::preparing:
    case domain::JobState::queued:
      // Fenced by the epoch: a submitter that claims it meanwhile makes the commit a conflict.
      end(context_, actor.unit(), kind_, *job, domain::JobState::cancelled, Errc::job_cancelled);
      actor.change_balance(job->price);
      actor.wake(context_.signals.outbox);
      co_return CancelAnswer::cancelled;
    case domain::JobState::submitting:
    case domain::JobState::unconfirmed:
    case domain::JobState::running:
      if (!job->cancel_requested) {
        stores::jobs::request_cancel(actor.unit(), id, actor.user().id);
      }
      co_return CancelAnswer::asked;
    default: co_return CancelAnswer::too_late;
  }
}

Task<std::vector<Generations::RecentPrompt>> Generations::recent_prompts(Actor& actor) {
  // Of a picture repeated often the words come often.
  constexpr std::int64_t kLook = 100;
  constexpr std::size_t kMost = 8;
  const auto newest = co_await stores::picture_texts::newest_prompts(actor.unit(), actor.user().id, kLook);
  std::vector<RecentPrompt> out;
  for (const auto& [id, prompt] : newest) {
    if (out.size() < kMost && std::ranges::find(out, prompt, &RecentPrompt::prompt) == out.end()) {
      out.push_back({id, prompt});
    }
  }
  co_return out;
}

Task<Result<std::string>> Generations::prompt_of(Actor& actor, Uuid generation) {
  auto picture = co_await requests::load_owned(actor.unit(), generation, actor.user().id);
  const bool is_there = picture && picture->state == domain::PictureState::ready && !picture->deleted_at;
  if (!is_there || picture->custom_prompt.empty()) {
    co_return fail(Errc::not_found);
  }
  co_return std::move(picture->custom_prompt);
}

StatusView Generations::view_of(requests::Followed followed) const {
  StatusView out;
  domain::Picture& picture = followed.picture;
  const TimePoint end = picture.finished_at.value_or(context_.db.now());
  out.elapsed = end - picture.created_at;
  out.waits_long = out.elapsed >= context_.policy.queue_told_after;
  out.slow = picture.state == domain::PictureState::open && out.elapsed >= context_.policy.slow_after;
  out.usual_seconds = times_.seconds(picture.model);
  out.provider_paused = provider_.paused().has_value();
  out.picture = std::move(picture);
  out.job = std::move(followed.job);
  out.avatar = std::move(followed.avatar);
  out.marks = followed.marks;
  const bool is_patient = out.job && out.job->deadline_at - out.job->created_at > kind_.pace().deadline;
  if (is_patient && out.provider_paused) {
    out.patient_until = out.job->deadline_at;
  }
  if (auto wants = out.job ? read_wants(out.job->wants) : Wants{}; wants && wants->said) {
    out.rewriting = std::move(wants->words);
    out.rewritten = std::move(wants->said);
  }
  out.result_is_on_its_way = followed.result_is_on_its_way;
  return out;
}

Task<Result<StatusView>> Generations::status(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await requests::follow(unit, id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  auto view = view_of(std::move(*found));
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
