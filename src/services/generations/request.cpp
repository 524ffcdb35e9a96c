// SPDX-License-Identifier: Apache-2.0
#include "services/generations/request.hpp"

#include <fmt/core.h>

#include "base/log.hpp"
#include "base/zone.hpp"
#include "cache/keys.hpp"
#include "services/generations/plan.hpp"
#include "services/generations/progress.hpp"
#include "services/jobs/endings.hpp"
#include "services/outbox/outbox_message.hpp"
#include "stores/jobs/job_steps.hpp"
#include "stores/ledger/ledger.hpp"
#include "stores/pictures/generations.hpp"

namespace aisha::services {
namespace {

namespace store = stores::generations;

}  // namespace

std::string tap_key(std::int64_t chat_id, std::int64_t message_id, std::int64_t revision) {
  return fmt::format("tap:{}:{}:{}", chat_id, message_id, revision);
}

std::string message_key(std::int64_t chat_id, std::int64_t message_id) {
  return fmt::format("msg:{}:{}", chat_id, message_id);
}

Task<Result<void>> Generations::check_active(Turn& turn) {
  const auto active = co_await store::count_active(turn.unit(), turn.user().id);
  if (active >= context_.policy.max_active) {
    co_return fail(Errc::limit_active, std::to_string(active));
  }
  co_return Result<void>{};
}

Task<Result<void>> Generations::take_rate(Turn& turn, std::string key) {
  const cache::Rate rate{context_.policy.rate_requests, context_.policy.rate_window};
  const Millis wait = co_await context_.rates.take(cache::keys::request_rate(turn.user().id), std::move(key), rate);
  if (wait > Millis(0)) {
    co_return fail(Errc::limit_rate, std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  }
  co_return Result<void>{};
}

void Generations::collect(Turn& turn, Plan plan, bool new_message, const std::string& key) {
  domain::Generation& g = plan.generation;
  stores::UnitOfWork& unit = turn.unit();
  domain::Chat& chat = turn.chat();
  g.created_at = unit.now();
  g.deadline_at = unit.now() + context_.policy.deadline;
  g.next_at = unit.now();
  g.max_attempts = context_.policy.max_attempts;
  g.local_day = local_day(unit.now(), turn.user().timezone);
  g.chat_id = chat.chat_id;
  if (!new_message) {
    g.status_message_id = std::exchange(chat.card_message_id, 0);
    chat.photo_key.clear();
    chat.caption_hash.clear();
    chat.keyboard_hash.clear();
  }
  ++chat.card_revision;
  store::create(unit, g, key);
  stores::ledger::hold(unit, g.user_id, g.id, g.price);
  tell(unit, g, Meaning::job_status, "start");
  turn.trace_is_used_ = true;
  unit.when_durable([&figures = context_.metrics, id = g.id, price = g.price, model = g.model] {
    figures.asked(price);
    log::info(id, "asked for: {}, {} coins held", model, price);
  });
  turn.balance_ -= g.price;
  turn.wake_submit_ = true;
  turn.wake_outbox_ = true;
}

Task<Result<AcceptedOrder>> Generations::request(Turn& turn, GenerationOrder order, std::string key) {
  AcceptedOrder accepted;
  const auto earlier = co_await store::find_by_key(turn.unit(), key);
  if (earlier) {
    accepted.id = *earlier;
    accepted.balance = turn.balance_;
    accepted.repeated = true;
    co_return accepted;
  }
  if (const auto why = gate_.paused()) {
    co_return fail(*why, "the queue is paused");
  }
  const bool new_message = order.new_message;
  auto planned = co_await plan(turn, std::move(order));
  if (!planned) {
    co_return std::unexpected(planned.error());
  }
  const auto free = co_await check_active(turn);
  if (!free) {
    co_return std::unexpected(free.error());
  }
  const std::int64_t price = planned->generation.price;
  if (turn.balance_ < price) {
    co_return fail(Errc::credits_insufficient, fmt::format("{} {}", price, turn.balance_));
  }
  // Last, since it counts: what is accepted, and the same key once however often a conflict brings it back.
  const auto allowed = co_await take_rate(turn, key);
  if (!allowed) {
    co_return std::unexpected(allowed.error());
  }
  accepted.id = planned->generation.id;
  accepted.price = price;
  collect(turn, std::move(*planned), new_message, key);
  accepted.balance = turn.balance_;
  co_return accepted;
}

Task<Result<AcceptedOrder>> Generations::repeat(Turn& turn, Uuid id, std::string key) {
  const auto old = co_await store::load_owned(turn.unit(), id, turn.user().id);
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
  const auto found = co_await store::load_owned(turn.unit(), id, turn.user().id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  switch (found->state) {
    case domain::JobState::queued:
      // Fenced by the epoch: a submitter that claims it meanwhile makes the commit a conflict.
      stores::job_steps::cancel(turn.unit(), *found);
      end_without_picture(context_, turn.unit(), *found, Meaning::job_cancelled, Errc::job_cancelled);
      turn.balance_ += found->price;
      turn.wake_outbox_ = true;
      co_return CancelAnswer::cancelled;
    case domain::JobState::submitting:
    case domain::JobState::unconfirmed:
    case domain::JobState::running:
      if (!found->cancel_requested) {
        stores::job_steps::request_cancel(turn.unit(), id, turn.user().id);
      }
      co_return CancelAnswer::asked;
    default: co_return CancelAnswer::too_late;
  }
}

StatusView Generations::view_of(domain::Generation generation, std::optional<int> queued_ahead) const {
  StatusView out;
  const TimePoint end = generation.finished_at.value_or(context_.db.now());
  out.elapsed = end - generation.created_at;
  out.slow = !domain::is_terminal(generation.state) && out.elapsed >= context_.policy.slow_after;
  out.usual_seconds = gate_.usual_seconds(generation.model);
  out.provider_paused = gate_.paused().has_value();
  out.queue_position = queued_ahead ? queued_ahead : gate_.position(generation.id);
  out.generation = std::move(generation);
  return out;
}

Task<Result<StatusView>> Generations::status(Uuid id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await store::load(unit, id);
  if (!found) {
    co_return fail(Errc::not_found);
  }
  std::optional<int> ahead;
  if (found->state == domain::JobState::queued) {
    ahead = static_cast<int>(co_await store::queue_ahead(unit, id));
  }
  std::optional<Progress> progress;
  if (found->state == domain::JobState::running) {
    progress = co_await progress_of(context_, id);
  }
  auto view = view_of(std::move(*found), ahead);
  if (progress) {
    // This process may be another than the one that follows it.
    view.queue_position = progress->ahead;
    view.usual_seconds = view.usual_seconds ? view.usual_seconds : progress->usual_seconds;
  }
  co_return view;
}

Task<Result<StatusView>> Generations::status(Uuid owner, Uuid id) {
  auto view = co_await status(id);
  if (!view || view->generation.user_id != owner) {
    co_return fail(Errc::not_found);
  }
  co_return view;
}

Task<int> Generations::active(Turn& turn) {
  co_return static_cast<int>(co_await store::count_active(turn.unit(), turn.user().id));
}

}  // namespace aisha::services
