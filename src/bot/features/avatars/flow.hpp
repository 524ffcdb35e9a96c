// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/avatars/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::avatars {

Task<Reply> list(FlowContext& context, List to);
/// Without a card: it is the main one now, and the screen that the button's origin names is to be drawn anew.
Task<Reply> make_main(FlowContext& context, MakeMain what);
Task<Reply> open(FlowContext& context, Open to);
Task<Reply> ask_name(FlowContext& context, AskName what);
/// The name that was asked for.
Task<Reply> named(FlowContext& context);
Task<Reply> ask_delete(FlowContext& context, AskDelete what);
Task<Reply> remove(FlowContext& context, Delete what);
Task<Reply> undo(FlowContext& context, Undo what);

}  // namespace aisha::bot::avatars
