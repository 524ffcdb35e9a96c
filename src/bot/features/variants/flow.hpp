// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/variants/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::variants {

/// V1.
Task<Reply> open(FlowContext& context, Open what);
/// V2.
Task<Reply> family(FlowContext& context, Family what);

/// Orders. Where the pressed card showed another price it is V1 in place of the menu card, else nothing but a toast.
Task<Reply> again(FlowContext& context, Again what);
Task<Reply> several(FlowContext& context, Several what);
Task<Reply> better(FlowContext& context, Better what);
Task<Reply> format(FlowContext& context, Format what);
Task<Reply> likeness(FlowContext& context, Likeness what);
Task<Reply> repaint(FlowContext& context, Repaint what);

/// V5: the next text says what to change.
Task<Reply> ask_words(FlowContext& context, AskWords what);
/// The text that was asked for. Refused: what a prompt is refused for.
Task<Reply> worded(FlowContext& context);
Task<Reply> change(FlowContext& context, Change what);

}  // namespace aisha::bot::variants
