// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

#include "bot/dispatch/event.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

/// THE table: everything a person can do in the chat, and the flow that does it.
namespace aisha::bot::routes {

/// A press, a command, a text or another message of a private chat.
Task<Reply> handle(FlowContext& context, const Event& event);

/// A command of the menu that Telegram shows; `about` is the id of its description.
struct Command {
  std::string_view name;
  const char* about;
  Task<Reply> (*flow)(FlowContext&);
};
std::span<const Command> commands();

}  // namespace aisha::bot::routes
