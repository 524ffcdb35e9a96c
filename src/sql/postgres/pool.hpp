// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "base/rng.hpp"
#include "sql/postgres/connection.hpp"

namespace aisha::sql::postgres {

struct PoolOptions {
  std::string conninfo;
  Pooled pooled;  ///< see Connection::open
  std::size_t size = 1;
  Millis connect_timeout{5'000};
  Millis silence{0};                  ///< see Connection::open
  metrics::Counter* waits = nullptr;  ///< takes that had to share or wait
  Millis slowest_retry{5'000};        ///< between attempts while the server is away; full jitter from 100 ms up
};

/// Connections made when they are needed and shared by many jobs at once: an idle one first, then a new one, then the
/// least loaded. While the server refuses, nobody connects before the pause is over: callers get Outage(unavailable) at
/// once. Loop thread only.
class Pool {
 public:
  Pool(Executor loop, Rng& rng, PoolOptions options);

  Task<std::shared_ptr<Connection>> take();

  /// One for this caller alone, which submits only to it until the lease is dropped.
  class Lease {
   public:
    Lease(std::shared_ptr<Connection> connection, std::shared_ptr<bool> leased)
        : connection_(std::move(connection)), leased_(std::move(leased)) {}
    ~Lease() { *leased_ = false; }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& connection() { return *connection_; }

   private:
    std::shared_ptr<Connection> connection_;
    std::shared_ptr<bool> leased_;
  };
  Task<std::unique_ptr<Lease>> lease();

  /// Nobody gets one of the present connections any more: the server behind them is not the one that takes writes.
  void retire_all();

 private:
  struct Slot {
    std::shared_ptr<Connection> connection;
    std::shared_ptr<bool> leased = std::make_shared<bool>(false);
  };

  void drop_lost();
  Slot* least_loaded();
  Task<void> connect();
  void settle_attempt();
  Task<void> wait_for_a_change();

  Executor loop_;
  Rng& rng_;
  PoolOptions options_;
  std::vector<Slot> slots_;
  std::size_t connecting_ = 0;
  boost::asio::steady_timer changed_;
  std::chrono::steady_clock::time_point next_try_{};
  int failures_ = 0;
  std::string last_refusal_;
};

}  // namespace aisha::sql::postgres
