// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/bin/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::bin {

Task<Reply> open(FlowContext& context, Open to);
Task<Reply> picture(FlowContext& context, Picture to);
Task<Reply> ask_for_ever(FlowContext& context, AskForEver what);
Task<Reply> for_ever(FlowContext& context, ForEver what);
Task<Reply> clear(FlowContext& context);
Task<Reply> ask_clear(FlowContext& context, AskClear what);
Task<Reply> do_clear(FlowContext& context, DoClear what);
Task<Reply> undo_clear(FlowContext& context, UndoClear what);

}  // namespace aisha::bot::bin
