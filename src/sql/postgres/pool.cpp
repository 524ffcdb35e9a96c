// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/pool.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/backoff.hpp"
#include "base/log.hpp"

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;

constexpr Millis kFirstPause{100};
/// A safety net: whatever a waiter waits for, it looks again.
constexpr Millis kLookAgain{50};

}  // namespace

Pool::Pool(Executor loop, Rng& rng, PoolOptions options)
    : loop_(loop), rng_(rng), options_(std::move(options)), changed_(loop) {}

void Pool::drop_lost() {
  std::erase_if(slots_, [](const Slot& slot) { return !*slot.leased && !slot.connection->usable(); });
}

Pool::Slot* Pool::least_loaded() {
  Slot* best = nullptr;
  for (Slot& slot : slots_) {
    if (!*slot.leased && (best == nullptr || slot.connection->load() < best->connection->load())) {
      best = &slot;
    }
  }
  return best;
}

Task<std::shared_ptr<Connection>> Pool::take() {
  for (;;) {
    drop_lost();
    Slot* best = least_loaded();
    if (best != nullptr && best->connection->load() == 0) {
      co_return best->connection;
    }
    if (slots_.size() + connecting_ < options_.size) {
      co_await connect();
      continue;
    }
    if (options_.waits != nullptr) {
      options_.waits->add();
    }
    if (best != nullptr) {
      co_return best->connection;
    }
    co_await wait_for_a_change();
  }
}

Task<std::unique_ptr<Pool::Lease>> Pool::lease() {
  for (;;) {
    drop_lost();
    Slot* best = least_loaded();
    if (best != nullptr && best->connection->load() == 0) {
      *best->leased = true;
      co_return std::make_unique<Lease>(best->connection, best->leased);
    }
    if (slots_.size() + connecting_ < options_.size) {
      co_await connect();
    } else {
      co_await wait_for_a_change();
    }
  }
}

void Pool::retire_all() {
  for (Slot& slot : slots_) {
    slot.connection->retire();
  }
}

Task<void> Pool::connect() {
  if (std::chrono::steady_clock::now() < next_try_) {
    throw Outage(Errc::unavailable, last_refusal_);
  }
  ++connecting_;
  Slot slot;
  try {
    slot.connection = co_await Connection::open(loop_, options_.conninfo, options_.connect_timeout, options_.silence,
                                                options_.pooled);
  } catch (const Outage& refusal) {
    last_refusal_ = refusal.what();
  } catch (...) {
    // The call was cancelled: its place is free again, and the server has refused nothing.
    settle_attempt();
    throw;
  }
  settle_attempt();
  if (!slot.connection) {
    const Millis ceiling = doubled(kFirstPause, failures_++, options_.slowest_retry);
    next_try_ = std::chrono::steady_clock::now() + jittered(rng_, ceiling);
    if (failures_ == 1) {
      log::warn("PostgreSQL is away: {}", last_refusal_);
    }
    throw Outage(Errc::unavailable, last_refusal_);
  }
  if (std::exchange(failures_, 0) > 0) {
    log::info("PostgreSQL is back");
  }
  slots_.push_back(std::move(slot));
}

void Pool::settle_attempt() {
  --connecting_;
  changed_.cancel();
}

Task<void> Pool::wait_for_a_change() {
  // Setting a timer wakes whoever waits at it: only the first waiter does, or two would keep each other awake.
  if (changed_.expiry() <= std::chrono::steady_clock::now()) {
    changed_.expires_after(kLookAgain);
  }
  boost::system::error_code ignored;
  co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace aisha::sql::postgres
