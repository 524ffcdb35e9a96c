// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <cstdint>

#include "tests/fakes/bot_world.hpp"

namespace aisha::bot::testing {

/// A person's chat with the whole bot over real services.
class Chat : public ::testing::Test {
 protected:
  /// Start and the create card.
  const fakes::ChatMessage& create_card() {
    world_.write("/start");
    world_.tap("Создать изображение");
    return world_.newest();
  }
  /// The prompt that was asked for by its button; returns the card that asks whether to create.
  const fakes::ChatMessage& describe(const std::string& words) {
    world_.write("/start");
    world_.press(world_.newest().id, "1p");
    world_.write(words);
    return world_.newest();
  }
  /// A finished picture; returns its message.
  const fakes::ChatMessage& picture() {
    const std::int64_t id = create_card().id;
    world_.tap("1");
    world_.settle();
    return world_.message(id);
  }
  std::int64_t coins() { return world_.world.free_coins(); }
  std::int64_t generations() { return world_.count("SELECT count(*) FROM generation_requests"); }

  fakes::BotWorld world_;
};

}  // namespace aisha::bot::testing
