// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/inbox_worker.hpp"

#include <algorithm>
#include <iterator>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "services/context/away.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
namespace {

constexpr Millis kFirstProbe{200};
constexpr Millis kLastProbe{5'000};
constexpr int kLoneTries = 8;  // about two minutes
constexpr Millis kLonePause{30'000};

}  // namespace

Task<std::optional<Millis>> InboxWorker::due_in() {
  if (absence_ && absence_->is_probing) {
    co_return std::nullopt;
  }
  const Millis rest = absence_ ? absence_->next_probe - context_.clock.now() : Millis(0);
  if (rest > Millis(0)) {
    co_return rest;
  }
  co_return co_await inbox_.due_in();
}

Task<std::vector<Task<void>>> InboxWorker::claim(int limit) {
  std::vector<Task<void>> out;
  const bool probes = absence_.has_value();
  if (probes && (absence_->is_probing || context_.clock.now() < absence_->next_probe)) {
    co_return out;
  }
  const int most = probes ? 1 : limit;
  auto updates = co_await inbox_.claim(most);
  for (ClaimedUpdate& update : updates) {
    out.push_back(run(std::move(update), probes));
  }
  if (probes) {
    absence_->is_probing = !out.empty();
  }
  co_return out;
}

Task<void> InboxWorker::hold_on() {
  const TimePoint soon = context_.db.now() + context_.policy.lease / 2;
  // Copies: handlers end while a renewal is under way.
  std::vector<ClaimedUpdate> slow;
  std::ranges::copy_if(in_hand_, std::back_inserter(slow),
                       [soon](const ClaimedUpdate& update) { return update.lease.over_at(soon); });
  for (const ClaimedUpdate& update : slow) {
    // One that ended meanwhile, or passed on while this process was frozen, is not renewed.
    co_await inbox_.renew(update);
  }
}

Task<void> InboxWorker::run(ClaimedUpdate update, bool probes) {
  const TimePoint begun = context_.clock.now();
  ClaimedUpdate held = update;
  held.body.clear();
  const auto hand = in_hand_.insert(in_hand_.end(), std::move(held));
  const Outcome outcome = co_await hand_over(update);
  in_hand_.erase(hand);
  learn(outcome, probes);
  if (outcome == Outcome::done) {
    ++answered_;
    lone_.erase(update.update_id);
  }
  const Millis took = context_.clock.now() - begun;
  context_.metrics.handled(update.kind, text_of(outcome), context_.db.now() - update.received_at, took);
  log::debug(update.trace, "update {}, a {}: {} in {} ms", update.update_id, update.kind, text_of(outcome),
             took.count());
  switch (outcome) {
    case Outcome::done: break;
    case Outcome::failed: co_await inbox_.retry(std::move(update)); break;
    case Outcome::outage: co_await inbox_.wait_out(std::move(update), context_.policy.update_backoff); break;
    case Outcome::away: co_await wait_alone(std::move(update)); break;
  }
}

/// An outage is everybody's and waited out however long it lasts. What Telegram answers to others and never to this
/// update is the update's own fault.
Task<void> InboxWorker::wait_alone(ClaimedUpdate update) {
  Lone& lone = lone_.try_emplace(update.update_id, Lone{.answered = answered_}).first->second;
  lone.times += answered_ > lone.answered ? 1 : 0;
  lone.answered = answered_;
  const int times = lone.times;
  if (times >= kLoneTries) {
    lone_.erase(update.update_id);
    log::error(update.trace, "update {} alone finds the neighbour away, {} times", update.update_id, times);
    co_await inbox_.poison(std::move(update), Errc::unavailable);
    co_return;
  }
  const Millis pause = doubled(context_.policy.update_backoff, times, kLonePause);
  co_await inbox_.wait_out(std::move(update), pause);
}

Task<InboxWorker::Outcome> InboxWorker::hand_over(ClaimedUpdate update) {
  const Uuid trace = update.trace;
  const std::int64_t key = update.update_id;
  try {
    co_await handler_.handle(std::move(update));
    co_return Outcome::done;
  } catch (const sql::Outage& outage) {
    log::warn(trace, "update {} waits for the database: {}", key, outage.what());
    co_return Outcome::outage;
  } catch (const Away& away) {
    log::warn(trace, "update {} waits: {}", key, away.what());
    co_return Outcome::away;
  } catch (const std::exception& problem) {
    log::error(trace, "update {}: {}", key, problem.what());
  }
  co_return Outcome::failed;
}

/// Of a neighbour that is away only probes tell anything: what began before may have been answered before.
void InboxWorker::learn(Outcome outcome, bool probes) {
  const TimePoint now = context_.clock.now();
  if (!absence_ && outcome == Outcome::away) {
    absence_ = Absence{.failures = 0, .next_probe = now + kFirstProbe};
  } else if (absence_ && probes) {
    absence_->is_probing = false;
    if (outcome == Outcome::done) {
      absence_.reset();
    } else if (outcome == Outcome::away) {
      absence_->next_probe = now + doubled(kFirstProbe, ++absence_->failures, kLastProbe);
    }
    context_.signals.inbox.wake();
  }
}

std::string_view InboxWorker::text_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::done: return "done";
    case Outcome::failed: return "failed";
    case Outcome::outage: return "outage";
    case Outcome::away: return "away";
  }
  return "";
}

}  // namespace aisha::services
