// SPDX-License-Identifier: Apache-2.0
#include "sandbox/world_journal.hpp"

#include "base/log.hpp"

namespace aisha::sandbox {

void WorldJournal::record_clock(const SandboxClock& clock) {
  journal_.append(json::Object{{"clock", clock.offset().count()}});
}

void WorldJournal::restore(telegram::World& world, SandboxClock& clock) {
  int lost = 0;
  for (const json::Value& line : journal_.read()) {
    if (!line.is_object()) {
      ++lost;
      continue;
    }
    const json::Object& object = line.get_object();
    if (const auto* offset = object.if_contains("clock"); offset != nullptr && offset->is_int64()) {
      clock.reset();
      clock.advance(Millis(offset->get_int64()));
    } else if (!world.replay(object)) {
      ++lost;
    }
  }
  if (lost > 0) {
    log::warn("{} lines of the sandbox's journal could not be read", lost);
  }
  world.set_recorder(this);
}

}  // namespace aisha::sandbox
