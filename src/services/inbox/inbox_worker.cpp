// SPDX-License-Identifier: Apache-2.0
#include "services/inbox/inbox_worker.hpp"

#include <algorithm>
#include <iterator>

#include "base/log.hpp"
#include "stores/unit/unit_of_work.hpp"

namespace aisha::services {
Task<std::vector<Task<void>>> InboxWorker::claim(int limit) {
  auto updates = co_await inbox_.claim(limit);
  std::vector<Task<void>> out;
  for (ClaimedUpdate& update : updates) {
    out.push_back(run(std::move(update)));
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

Task<void> InboxWorker::run(ClaimedUpdate update) {
  const TimePoint begun = context_.clock.now();
  const std::string kind = update.kind;
  bool handled = false;
  bool outage = false;
  ClaimedUpdate held = update;
  held.body.clear();
  const auto hand = in_hand_.insert(in_hand_.end(), std::move(held));
  try {
    co_await handler_.handle(update);
    handled = true;
  } catch (const sql::Outage& away) {
    outage = true;
    log::warn(update.trace, "update {} waits for the database: {}", update.key, away.what());
  } catch (const std::exception& problem) {
    log::error(update.trace, "update {}: {}", update.key, problem.what());
  }
  in_hand_.erase(hand);
  const Millis took = context_.clock.now() - begun;
  const std::string_view outcome = handled ? "done" : outage ? "outage" : "failed";
  context_.metrics.handled(kind, outcome, context_.db.now() - update.received_at, took);
  log::debug(update.trace, "update {}, a {}: {} in {} ms", update.key, kind, outcome, took.count());
  if (outage) {
    co_await inbox_.wait_out(std::move(update));
  } else if (!handled) {
    co_await inbox_.retry(std::move(update));
  }
}

}  // namespace aisha::services
