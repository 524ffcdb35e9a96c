// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/rng.hpp"
#include "base/time.hpp"
#include "cache/cache.hpp"
#include "cache/rate_limiter.hpp"
#include "services/context/policy.hpp"
#include "services/context/service_metrics.hpp"
#include "services/context/signal.hpp"

namespace aisha::sql {
class Database;
}

namespace aisha::services {

/// What every service stands on; the composition root owns all of it and outlives the services.
struct Context {
  sql::Database& db;
  Clock& clock;
  Rng& rng;
  const Policy& policy;
  Signals& signals;
  ServiceMetrics& metrics;
  cache::Cache& cache;
  cache::RateLimiter& rates;
};

/// From now to `due` by the database's clock.
std::optional<Millis> wait_until(const Context& context, std::optional<TimePoint> due);

}  // namespace aisha::services
