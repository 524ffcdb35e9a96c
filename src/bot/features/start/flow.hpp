// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "bot/cards/card.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::start {

/// /start: S0 for a new person, else S1.
Task<Reply> start(FlowContext& context);
/// The same with a sentence above S1.
Task<Reply> start_with(FlowContext& context, std::string note);
/// What a new person came for, with S0 on the same card.
Card welcomed(FlowContext& context, Card shown);
/// S1. A pending input ends; generations go on.
Task<Reply> home(FlowContext& context);
/// /cancel: the same, with a word on whether there was an input to end.
Task<Reply> cancel(FlowContext& context);
/// S1 with the question whether the text that nobody had asked for is to become a picture. Refused: a text that no
/// picture can be made of, but for one that says nothing.
Task<Reply> spoken(FlowContext& context);

}  // namespace aisha::bot::start
