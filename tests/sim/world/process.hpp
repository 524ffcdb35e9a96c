// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "http/server/router.hpp"
#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// One process of the product: the two sides of `app` and their loops, between the universe's edges. Destroying it is
/// kill -9: nothing of it runs any more, not even what waited.
class Process {
 public:
  /// `polls`: takes the updates from Telegram; one process does.
  Process(Universe& universe, Owner owner, bool polls);
  ~Process();

  /// Runs one ready step; false = nothing is ready.
  bool step();
  Owner owner() const { return owner_; }
  bool polls() const { return polls_; }
  /// fal calls our webhook; `accepted` becomes true when the call was answered with 200.
  void hear(http::ServerRequest call, std::shared_ptr<bool> accepted);
  /// Its wall clock is wrong by so much.
  void set_skew(Millis skew);

  TimePoint frozen_until{};

 private:
  struct Body;

  Universe& universe_;
  Owner owner_;
  bool polls_;
  MortalContext io_;
  std::unique_ptr<Body> body_;
};

}  // namespace aisha::sim
