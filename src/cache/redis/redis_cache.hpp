// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>

#include "base/rng.hpp"
#include "cache/cache.hpp"
#include "cache/rate_limiter.hpp"
#include "cache/redis/address.hpp"
#include "cache/redis/session.hpp"

namespace aisha::cache {

struct RedisOptions {
  redis::Address address;
  std::string prefix;  ///< before every key
  redis::Pace pace{};
};

struct RedisEngine {
  std::unique_ptr<Cache> cache;
  std::unique_ptr<RateLimiter> rates;
};

/// Cache and limits in one Redis, over one connection that is opened in the background: nothing here waits longer than
/// `Pace::budget`, blocks or throws. While the server is away the process uses a memory of its own, whose values live
/// for seconds only, since no other process can correct them; what should have been changed in Redis meanwhile is
/// erased there first of all. Loop thread only; `clock` and `rng` must outlive the loop's work.
RedisEngine make_redis_engine(Executor loop, const Clock& clock, Rng& rng, RedisOptions options);

}  // namespace aisha::cache
