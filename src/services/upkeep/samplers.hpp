// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/context/context.hpp"
#include "services/context/worker.hpp"
#include "services/jobs/provider_state.hpp"

namespace aisha::stores {
class UnitOfWork;
}

namespace aisha::services {

/// Reads from the tables what no single process can count: how much lies there, and since when. Every process that runs
/// it tells the same figures, so that a dashboard takes their maximum. Counting is never more than a thousandth of the
/// time: with tens of thousands of open jobs it happens less often, once a minute at least.
class Samplers final : public Chore {
 public:
  Samplers(Context context, const ProviderState& provider_state);

  Task<void> run() override;

 private:
  struct Heap {
    metrics::Gauge& open;
    metrics::Gauge& oldest;
    void set(std::int64_t count, std::optional<TimePoint> since, TimePoint now) const;
  };
  Heap heap(std::string_view name, std::string_view what, const metrics::Labels& labels = {});
  Task<void> measure_jobs(stores::UnitOfWork& unit);
  Task<void> measure_spend(stores::UnitOfWork& unit);

  Context context_;
  const ProviderState& provider_state_;
  Heap inbox_;
  Heap outbox_;
  metrics::Gauge& parked_;
  metrics::Gauge& spent_;
  metrics::Gauge& paused_;
  TimePoint jobs_are_due_{};
  TimePoint spend_is_due_{};
};

}  // namespace aisha::services
