// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/task.hpp"
#include "catalog/model_registry.hpp"
#include "catalog/template_manager.hpp"
#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// Read once for all universes; immutable.
struct Catalogue {
  std::unique_ptr<catalog::TemplateManager> templates;
  catalog::ModelRegistry models;
};
const Catalogue& catalogue();

/// One process of the product: services, bot and loops as they are, over the universe's doors. Destroying it is
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
  void hear(std::string token, std::string body, std::shared_ptr<bool> accepted);
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
