// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>

#include "sandbox/common/clock.hpp"
#include "sandbox/fal/journal.hpp"
#include "sandbox/telegram/world.hpp"

namespace aisha::sandbox {

/// Keeps every input that changed the world as one line of JSON, so that the next start builds the same world again.
class WorldJournal final : public telegram::Recorder {
 public:
  /// An empty path keeps nothing.
  explicit WorldJournal(std::filesystem::path path) : journal_(std::move(path)) {}

  void record(const json::Object& line) override { journal_.append(line); }
  /// The clock's offset, at each change.
  void record_clock(const SandboxClock& clock);
  /// Brings world and clock to where the journal ends, then records what comes.
  void restore(telegram::World& world, SandboxClock& clock);

 private:
  fal::Journal journal_;
};

}  // namespace aisha::sandbox
