// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "base/uuid.hpp"
#include "bot/flow/flow_context.hpp"
#include "domain/chat.hpp"

/// What the person's next text is taken for.
namespace aisha::bot {

/// The next text is `what`, about `about`, until `BotOptions::input_wait` is over. Another input that was begun ends,
/// and so do words that wait for a confirmation.
void begin_input(FlowContext& context, domain::Awaits what, std::optional<Uuid> about = std::nullopt);
/// What a text that comes now is taken for; Awaits::nothing when the time is over.
domain::Awaits awaited(const FlowContext& context);
/// A text is only a text again, and no words wait for a confirmation.
void end_input(FlowContext& context);

}  // namespace aisha::bot
