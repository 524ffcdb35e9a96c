// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/rng.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "cache/redis/address.hpp"
#include "cache/redis/link.hpp"

namespace aisha::cache::redis {

struct Pace {
  Millis budget{50};           ///< of one command
  int failures = 5;            ///< commands without an answer, one after the other, that open the breaker
  Millis connect_budget{500};  ///< of each word that opens a connection
  Millis first_pause{100};     ///< before the next try to connect: a random part of it, ...
  Millis last_pause{2'000};    ///< ... doubled up to this
};

/// Keeps one connection to the server: opens it, drops it when commands go unanswered (then nobody waits any more),
/// and tries again in the background after random pauses that grow. Loop thread only.
class Session : public std::enable_shared_from_this<Session> {
 public:
  /// `rng` must outlive the loop's work.
  Session(Executor loop, Address address, Pace pace, Rng& rng);
  ~Session();

  void start();
  /// Closes the connection; nothing is tried any more.
  void stop();

  bool ready() const { return ready_; }
  /// Changes whenever the connection comes or goes.
  int era() const { return era_; }

  /// Nothing, within the budget, when no answer came; at once while not ready.
  Task<std::optional<Reply>> ask(std::vector<std::string> words);

  /// The server may hold a value under this key that should be gone: it is erased as soon as the server answers, and
  /// before the session is ready again.
  void erase_later(std::string key);

 private:
  static Task<void> keep(std::shared_ptr<Session> self);
  Task<bool> connect();
  static Task<bool> erase_leftovers(std::shared_ptr<Session> self, std::shared_ptr<Link> link);
  static Task<void> catch_up(std::shared_ptr<Session> self, std::shared_ptr<Link> link);
  Task<void> pause();
  void lost(const std::string& why);

  struct Timer;

  Executor loop_;
  Address address_;
  Pace pace_;
  Rng& rng_;
  std::unique_ptr<Timer> timer_;
  std::shared_ptr<Link> link_;
  std::set<std::string> leftovers_;
  int failures_ = 0;
  int tries_ = 0;  ///< since the last connection that held
  int era_ = 0;
  bool ready_ = false;
  bool catching_up_ = false;
  bool told_away_ = false;
  bool told_forbidden_ = false;
  bool stopped_ = false;
};

}  // namespace aisha::cache::redis
