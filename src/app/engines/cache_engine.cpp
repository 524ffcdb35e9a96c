// SPDX-License-Identifier: Apache-2.0
#include "app/engines/cache_engine.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "cache/redis/dial.hpp"
#include "cache/redis/redis_cache.hpp"

namespace aisha::app {
namespace {

namespace redis = cache::redis;

// Several processes may stand on one server database, and nobody tells this one what the others change.
constexpr Millis kBesideOthers{5'000};

bool is_redis(const config::Config& config) {
  return config.cache_url.starts_with("redis://");
}

Result<redis::Address> address_of(const config::Config& config) {
  auto address = redis::parse_address(config.cache_url);
  if (address && !config.cache_password.empty()) {
    address->password = config.cache_password;
  }
  return address;
}

Task<void> look(Executor loop, redis::Address address, Result<redis::Sight>& out) {
  out = co_await redis::inspect(std::move(loop), std::move(address));
}

Finding about(const redis::Address& address, const redis::Sight& sight) {
  std::string seen = fmt::format("Redis {} at {}", sight.version, address.name());
  if (sight.eviction != "noeviction") {
    return good("cache", std::move(seen));
  }
  return bad("cache", seen + " refuses writes once its memory is full",
             "set maxmemory-policy allkeys-lru, or use a server of Aisha's own");
}

}  // namespace

Result<OpenCache> open_cache(Executor loop, const config::Config& config) {
  OpenCache out;
  out.clock = std::make_unique<SystemClock>(loop);
  out.rng = std::make_unique<SystemRng>();
  if (!is_redis(config)) {
    cache::MemoryLimits limits;
    if (!config.database_url.starts_with("sqlite:")) {
      limits.longest = kBesideOthers;
    }
    out.cache = cache::make_memory_cache(*out.clock, limits);
    out.rates = cache::make_memory_rate_limiter(*out.clock);
    return out;
  }
  auto address = address_of(config);
  if (!address) {
    return std::unexpected(address.error());
  }
  cache::RedisOptions options;
  options.address = std::move(*address);
  options.prefix = config.cache_prefix;
  auto engine = cache::make_redis_engine(std::move(loop), *out.clock, *out.rng, std::move(options));
  out.cache = std::move(engine.cache);
  out.rates = std::move(engine.rates);
  return out;
}

Findings check_cache(const config::Config& config) {
  if (!is_redis(config)) {
    return {good("cache", "in this process's memory")};
  }
  const auto address = address_of(config);
  if (!address) {
    return {bad("cache", address.error().detail, "mend [cache] url")};
  }
  boost::asio::io_context loop;
  Result<redis::Sight> sight = fail(Errc::unavailable, "no answer");
  boost::asio::co_spawn(loop, look(loop.get_executor(), *address, sight), [](std::exception_ptr) {});
  loop.run();
  if (!sight) {
    return {bad("cache", fmt::format("{}: {}", address->name(), sight.error().detail),
                "start Redis or check [cache] url and password; Aisha works without it, only slower")};
  }
  return {about(*address, *sight)};
}

}  // namespace aisha::app
