// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "app/engines/findings.hpp"
#include "base/error.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "cache/cache.hpp"
#include "cache/rate_limiter.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct OpenCache {
  std::unique_ptr<Clock> clock;
  std::unique_ptr<Rng> rng;
  std::unique_ptr<cache::Cache> cache;
  std::unique_ptr<cache::RateLimiter> rates;
};

/// Returns at once: a server is met in the background. Errc::config_invalid.
Result<OpenCache> open_cache(Executor loop, const config::Config& config);
/// For the doctor.
Findings check_cache(const config::Config& config);

}  // namespace aisha::app
