// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/call_log.hpp"
#include "sandbox/common/clock.hpp"
#include "sandbox/common/faults.hpp"
#include "sandbox/fal/files.hpp"
#include "sandbox/feed.hpp"
#include "sandbox/intake.hpp"
#include "sandbox/poll_watch.hpp"
#include "sandbox/telegram/world.hpp"

namespace aisha::sandbox {

/// What every route of the Telegram side shares; owned by the server, outlives all routes.
struct Hub {
  Executor executor;
  telegram::World& world;
  SandboxClock& clock;
  Faults& faults;
  fal::FileStore& files;
  Intake intake;
  Feed feed;
  CallLog calls{};
  PollWatch polls{};
  bool gives_coins = false;  ///< there is a product behind `top_up`

  Hub(Executor on, telegram::World& of, SandboxClock& time, Faults& ordered, fal::FileStore& store)
      : executor(on), world(of), clock(time), faults(ordered), files(store), intake(on, store), feed(on) {}

  std::int64_t now() const { return epoch_ms(clock.now()); }
  /// After every change of the world: tells those who wait.
  void settle() { feed.publish(world.take_events()); }
};

}  // namespace aisha::sandbox
