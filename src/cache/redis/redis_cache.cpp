// SPDX-License-Identifier: Apache-2.0
#include "cache/redis/redis_cache.hpp"

#include <algorithm>

#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"

namespace aisha::cache {
namespace {

using redis::Reply;
using redis::Session;

// Nobody tells this process what others change while Redis is away.
constexpr Millis kLocalTtl{5'000};

// A log of event ids by their times. The server's own clock: the processes' clocks need not agree. Refused events leave
// no trace, so a key holds as many ids as the rate allows.
constexpr std::string_view kTake = R"lua(
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local window = tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], now, ARGV[1])
  redis.call('PEXPIRE', KEYS[1], window)
  return 0
end
local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if not oldest[2] then return window end
return oldest[2] + window - now
)lua";

class RedisCache final : public Cache {
 public:
  RedisCache(std::shared_ptr<Session> session, const Clock& clock, std::string prefix)
      : session_(std::move(session)), clock_(clock), prefix_(std::move(prefix)) {
    session_->start();
  }
  ~RedisCache() override { session_->stop(); }

  Task<std::optional<std::string>> get(std::string key) override;
  Task<void> put(std::string key, std::string value, Millis ttl) override;
  Task<bool> add(std::string key, std::string value, Millis ttl) override;
  Task<void> erase(std::string key) override;

 private:
  Cache& local();

  std::shared_ptr<Session> session_;
  const Clock& clock_;
  std::string prefix_;
  std::unique_ptr<Cache> local_;
  int era_ = -1;
};

// A fresh one for each outage: what an earlier one remembers was changed behind its back.
Cache& RedisCache::local() {
  if (era_ != session_->era()) {
    era_ = session_->era();
    MemoryLimits limits;
    limits.longest = kLocalTtl;
    local_ = make_memory_cache(clock_, limits);
  }
  return *local_;
}

Task<std::optional<std::string>> RedisCache::get(std::string key) {
  if (!session_->ready()) {
    co_return co_await local().get(std::move(key));
  }
  std::vector<std::string> words{"GET", prefix_ + key};
  auto reply = co_await session_->ask(std::move(words));
  if (!reply || reply->kind != Reply::Kind::text) {
    co_return std::nullopt;
  }
  co_return std::move(reply->text);
}

Task<void> RedisCache::put(std::string key, std::string value, Millis ttl) {
  if (ttl <= Millis::zero()) {
    co_await erase(std::move(key));
    co_return;
  }
  if (!session_->ready()) {
    session_->erase_later(prefix_ + key);
    co_await local().put(std::move(key), std::move(value), ttl);
    co_return;
  }
  std::vector<std::string> words{"SET", prefix_ + key, std::move(value), "PX", std::to_string(ttl.count())};
  const auto reply = co_await session_->ask(std::move(words));
  if (!reply || reply->kind != Reply::Kind::text) {
    session_->erase_later(prefix_ + key);
  }
}

Task<bool> RedisCache::add(std::string key, std::string value, Millis ttl) {
  if (!session_->ready()) {
    co_return co_await local().add(std::move(key), std::move(value), ttl);
  }
  if (ttl <= Millis::zero()) {
    co_return false;
  }
  std::vector<std::string> words{"SET", prefix_ + key, std::move(value), "PX", std::to_string(ttl.count()), "NX"};
  const auto reply = co_await session_->ask(std::move(words));
  co_return reply && reply->kind == Reply::Kind::text;
}

Task<void> RedisCache::erase(std::string key) {
  if (!session_->ready()) {
    session_->erase_later(prefix_ + key);
    co_await local().erase(std::move(key));
    co_return;
  }
  std::vector<std::string> words{"DEL", prefix_ + key};
  const auto reply = co_await session_->ask(std::move(words));
  if (!reply || reply->kind != Reply::Kind::number) {
    session_->erase_later(prefix_ + key);
  }
}

class RedisRateLimiter final : public RateLimiter {
 public:
  RedisRateLimiter(std::shared_ptr<Session> session, const Clock& clock, std::string prefix)
      : session_(std::move(session)), local_(make_memory_rate_limiter(clock)), prefix_(std::move(prefix)) {}

  Task<Millis> take(std::string key, std::string event, Rate rate) override;

 private:
  std::shared_ptr<Session> session_;
  std::unique_ptr<RateLimiter> local_;
  std::string prefix_;
};

Task<Millis> RedisRateLimiter::take(std::string key, std::string event, Rate rate) {
  if (session_->ready()) {
    std::vector<std::string> words{"EVAL",
                                   std::string(kTake),
                                   "1",
                                   prefix_ + key,
                                   event,
                                   std::to_string(rate.window.count()),
                                   std::to_string(rate.events)};
    const auto reply = co_await session_->ask(std::move(words));
    if (reply && reply->kind == Reply::Kind::number) {
      // A lie costs a window at most.
      co_return std::clamp(Millis(reply->number), Millis(0), rate.window);
    }
  }
  co_return co_await local_->take(std::move(key), std::move(event), rate);
}

}  // namespace

RedisEngine make_redis_engine(Executor loop, const Clock& clock, Rng& rng, RedisOptions options) {
  auto session = std::make_shared<Session>(std::move(loop), std::move(options.address), options.pace, rng);
  RedisEngine out;
  out.cache = std::make_unique<RedisCache>(session, clock, options.prefix);
  out.rates = std::make_unique<RedisRateLimiter>(session, clock, options.prefix);
  return out;
}

}  // namespace aisha::cache
