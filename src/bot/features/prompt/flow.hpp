// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/prompt/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::prompt {

Task<Reply> ask(FlowContext& context);
Task<Reply> ratio(FlowContext& context, Ratio what);
Task<Reply> generate(FlowContext& context, Generate what);
Task<Reply> generate_later(FlowContext& context, GenerateLater what);
/// The text that was asked for.
Task<Reply> written(FlowContext& context);
/// A text that nobody had asked for, or that the operator allowed, is to be the prompt.
Task<Reply> take(FlowContext& context, Take what);
Task<Reply> idea(FlowContext& context);
Task<Reply> enhance(FlowContext& context, Enhance what);
Task<Reply> recent(FlowContext& context);
Task<Reply> use(FlowContext& context, Use what);
Task<Reply> appeal(FlowContext& context, Appeal what);
/// A message without text.
Task<Reply> not_text(FlowContext& context);

}  // namespace aisha::bot::prompt
