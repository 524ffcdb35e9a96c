// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/picture/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::picture {

Task<Reply> download(FlowContext& context, Download what);
Task<Reply> remove(FlowContext& context, Remove what);
Task<Reply> undo(FlowContext& context, Undo what);

}  // namespace aisha::bot::picture
