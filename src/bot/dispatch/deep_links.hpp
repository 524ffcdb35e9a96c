// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::deep_links {

/// What stands behind "/start" in a link of the bot's, wherever it leads (bot/features/sharing/routes.hpp); everything
/// else is a plain /start. Whoever is met by it is welcomed on the same card.
Task<Reply> follow(FlowContext& context, std::string argument);

}  // namespace aisha::bot::deep_links
