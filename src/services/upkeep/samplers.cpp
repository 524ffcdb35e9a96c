// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/samplers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/zone.hpp"
#include "stores/jobs/attempts.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

// Adds up a day of pictures: not as often as the rest, which looks at open rows only.
constexpr Millis kSpendInterval{60'000};

// Of what a count took: so long is the next one left alone.
constexpr int kRest = 1'000;
constexpr Millis kLongestRest{60'000};

constexpr domain::JobState kOpenStates[] = {domain::JobState::queued, domain::JobState::submitting,
                                            domain::JobState::unconfirmed, domain::JobState::running,
                                            domain::JobState::storing};

}  // namespace

Samplers::Samplers(Context context, const ProviderState& provider_state)
    : context_(context),
      provider_state_(provider_state),
      inbox_(heap("inbox", "updates that are not handled")),
      outbox_(heap("outbox", "messages that are not told")),
      parked_(context.metrics.registry().gauge("aisha_outbox_parked",
                                               "Messages that wait for a person who has the bot blocked.")),
      spent_(context.metrics.registry().gauge("aisha_spend_today_micro_usd",
                                              "What the pictures submitted since midnight UTC cost at the provider.")),
      paused_(
          context.metrics.registry().gauge("aisha_provider_paused", "1 while the provider refuses key or account.")) {}

Samplers::Heap Samplers::heap(std::string_view name, std::string_view what, const metrics::Labels& labels) {
  metrics::Registry& registry = context_.metrics.registry();
  return {registry.gauge(fmt::format("aisha_{}_open", name), fmt::format("How many {}.", what), labels),
          registry.gauge(fmt::format("aisha_{}_oldest_seconds", name),
                         fmt::format("Age of the oldest of the {}.", what), labels)};
}

void Samplers::Heap::set(std::int64_t count, std::optional<TimePoint> since, TimePoint now) const {
  open.set(static_cast<double>(count));
  oldest.set(since ? static_cast<double>((now - *since).count()) / 1000.0 : 0);
}

Task<void> Samplers::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto inbox = co_await stores::inbox::backlog(unit);
  inbox_.set(inbox.waiting, inbox.oldest, unit.now());
  const auto outbox = co_await stores::outbox::backlog(unit);
  outbox_.set(outbox.waiting, outbox.oldest, unit.now());
  const std::int64_t parked = co_await stores::outbox::count_parked(unit);
  parked_.set(static_cast<double>(parked));
  paused_.set(provider_state_.paused() ? 1 : 0);
  if (context_.clock.now() >= jobs_are_due_) {
    const TimePoint begun = context_.clock.now();
    co_await measure_jobs(unit);
    const TimePoint ended = context_.clock.now();
    jobs_are_due_ = ended + std::min((ended - begun) * kRest, kLongestRest);
  }
  if (unit.now() >= spend_is_due_) {
    co_await measure_spend(unit);
    spend_is_due_ = unit.now() + kSpendInterval;
  }
}

Task<void> Samplers::measure_jobs(stores::UnitOfWork& unit) {
  const auto found = co_await stores::job_claims::open_jobs(unit);
  for (const domain::JobKindName kind : {domain::JobKindName::picture}) {
    for (const domain::JobState state : kOpenStates) {
      const metrics::Labels labels{{"kind", std::string(domain::text_of(kind))},
                                   {"state", std::string(domain::text_of(state))}};
      const Heap jobs = heap("jobs", "jobs of this kind in this state", labels);
      const auto open =
          std::ranges::find_if(found, [&](const auto& one) { return one.kind == kind && one.state == state; });
      if (open == found.end()) {
        jobs.set(0, std::nullopt, unit.now());
      } else {
        jobs.set(open->count, open->oldest, unit.now());
      }
    }
  }
}

Task<void> Samplers::measure_spend(stores::UnitOfWork& unit) {
  const TimePoint midnight = end_of_utc_day(unit.now()) - std::chrono::days(1);
  const auto spent = co_await stores::attempts::spent_since(unit, midnight);
  spent_.set(static_cast<double>(spent));
}

}  // namespace aisha::services
