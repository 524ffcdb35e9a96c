// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/inbox.hpp"

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "cache/keys.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace aisha::services {

Task<void> Inbox::store(std::vector<RawUpdate> updates) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  std::vector<stores::inbox::Update> good;
  for (RawUpdate& raw : updates) {
    if (raw.poison) {
      co_await stores::inbox::put_poison(unit, bot_id_, std::move(raw.body), "update.malformed");
      context_.metrics.received(0, 0, 1);
    } else {
      good.push_back({raw.key, raw.lane, std::move(raw.kind), std::move(raw.body)});
    }
  }
  if (good.empty()) {
    co_return;
  }
  const auto length = handled_ == Handled::here ? std::optional(context_.policy.lease) : std::nullopt;
  stores::inbox::Intake intake = co_await stores::inbox::put(unit, bot_id_, std::move(good), length);
  if (intake.conflicting > 0) {
    log::warn("update.conflict: {} known updates came with another body; the first one stays", intake.conflicting);
  }
  const Lease lease(context_.db, unit.now() + context_.policy.lease, context_.policy.lease);
  context_.metrics.received(std::ssize(intake.taken) + intake.waiting, intake.duplicates, 0);
  const TimePoint until = unit.now() + context_.policy.lease / 2;
  for (stores::inbox::Taken& taken : intake.taken) {
    fresh_.push_back({claimed_of(std::move(taken), lease), until});
  }
  // What stands behind others is seen by whoever ends its head.
  const bool is_free = intake.woken > 0 || (handled_ == Handled::elsewhere && intake.waiting > 0);
  if (is_free) {
    context_.signals.inbox.notify();
  } else if (!fresh_.empty()) {
    context_.signals.inbox.wake();
  }
}

Task<std::vector<ClaimedUpdate>> Inbox::claim(int limit) {
  std::vector<ClaimedUpdate> out;
  if (limit <= 0) {
    co_return out;
  }
  const TimePoint now = context_.db.now();
  // First what waits in the table: fresh ones that keep coming must not hold it up.
  if (fresh_.empty() || due_.is_due(now)) {
    out = co_await claim_rows(limit);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  bool is_late = false;
  while (!fresh_.empty() && std::ssize(out) < limit) {
    if (fresh_.front().leased_until > now) {
      out.push_back(std::move(fresh_.front().update));
    } else {
      // Too little of its lease is left; it was never begun, so it does not count as a try.
      stores::inbox::give_back(unit, fresh_.front().update);
      is_late = true;
    }
    fresh_.pop_front();
  }
  if (is_late) {
    co_await unit.commit();
    due_.ask();
  }
  co_return out;
}

Task<std::vector<ClaimedUpdate>> Inbox::claim_rows(int limit) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t bot = std::exchange(claimed_bot_, bot_id_);
  auto taken = co_await stores::inbox::claim(unit, bot, limit, context_.policy.lease);
  due_.claimed(unit.now(), taken.size(), limit);
  if (bot != bot_id_) {
    due_.ask();
  }
  const Lease lease(context_.db, unit.now() + context_.policy.lease, context_.policy.lease);
  std::vector<ClaimedUpdate> out;
  for (stores::inbox::Taken& one : taken) {
    out.push_back(claimed_of(std::move(one), lease));
  }
  co_return out;
}

Task<void> Inbox::release() {
  if (fresh_.empty()) {
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  for (const Fresh& fresh : fresh_) {
    stores::inbox::give_back(unit, fresh.update);
  }
  fresh_.clear();
  // Rows of any number are written, so there is nothing to conflict with.
  co_await unit.commit();
  context_.signals.inbox.notify();
}

Task<UpdateTurn> Inbox::open(People& people, ClaimedUpdate update, TelegramFacts facts) {
  return UpdateTurn::open(context_, people, std::move(update), std::move(facts));
}

Task<std::optional<Millis>> Inbox::due_in() {
  const TimePoint now = context_.db.now();
  if (context_.signals.inbox.take_rung()) {
    due_.add(now);
  }
  if (due_.takes_look(now)) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    const auto due = co_await stores::inbox::next_due(unit);
    if (due) {
      claimed_bot_ = due->bot_id;
      due_.add(due->at);
    }
  }
  if (!fresh_.empty()) {
    co_return Millis(0);
  }
  co_return wait_until(context_, due_.next());
}

Task<Millis> Inbox::admit(const ClaimedUpdate& update, std::int64_t telegram_id) {
  const cache::Rate rate{context_.policy.rate_updates, context_.policy.rate_window};
  co_return co_await context_.rates.take(cache::keys::update_rate(telegram_id), std::to_string(update.update_id), rate);
}

// A conflict below means that the claim has passed to another worker, who ends the update.

Task<void> Inbox::done(ClaimedUpdate update) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::inbox::done(unit, update);
  co_await unit.commit();
  ring_followers(context_.signals.inbox, unit);
}

Task<void> Inbox::poison(ClaimedUpdate update, Errc code) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::inbox::poison(unit, update, code_of(code));
  log::warn(update.trace, "update {} is given up: {}", update.update_id, code_of(code));
  co_await unit.commit();
  ring_followers(context_.signals.inbox, unit);
}

Task<void> Inbox::retry(ClaimedUpdate update) {
  if (update.attempts >= context_.policy.update_max_attempts) {
    co_await poison(std::move(update), Errc::unavailable);
    co_return;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Millis delay = doubled(context_.policy.update_backoff, update.attempts - 1, context_.policy.lease);
  stores::inbox::retry_later(unit, update, delay, code_of(Errc::unavailable));
  co_await unit.commit();
  due_.add(unit.now() + delay);
}

Task<void> Inbox::wait_out(ClaimedUpdate update, Millis pause) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::inbox::defer(unit, update, pause, code_of(Errc::unavailable));
  co_await unit.commit();
  due_.add(unit.now() + pause);
}

Task<bool> Inbox::renew(const ClaimedUpdate& update) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::inbox::renew(unit, update, context_.policy.lease);
  const auto renewed = co_await unit.commit();
  if (renewed) {
    Lease lease = update.lease;
    lease.extend(unit.now() + context_.policy.lease, context_.policy.lease);
  }
  co_return renewed.has_value();
}

Task<void> Inbox::defer(ClaimedUpdate update, Millis wait) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::inbox::defer(unit, update, wait, code_of(Errc::telegram_flood));
  co_await unit.commit();
  due_.add(unit.now() + wait);
}

Task<std::optional<stores::inbox::Follower>> Inbox::behind(const ClaimedUpdate& update) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await stores::inbox::behind(unit, update);
}

}  // namespace aisha::services
