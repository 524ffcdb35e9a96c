// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "bot/callback_data.hpp"
#include "bot/event.hpp"
#include "bot/flows/scene.hpp"

/// THE table: everything a person can do in the chat, and the flow that does it.
namespace aisha::bot::routes {

/// A press, a command, a text or another message of a private chat.
Task<Reply> handle(Scene& scene, const Event& event);

/// A command of the menu that Telegram shows; `about` is the id of its description.
struct Command {
  std::string_view name;
  const char* about;
  Task<Reply> (*flow)(Scene&);
};
std::span<const Command> commands();

}  // namespace aisha::bot::routes
