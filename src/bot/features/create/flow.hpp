// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/create/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::create {

Task<Reply> open(FlowContext& context);
Task<Reply> category(FlowContext& context, Category to);
Task<Reply> style(FlowContext& context, Style to);
Task<Reply> style_ratio(FlowContext& context, StyleRatio what);
Task<Reply> generate(FlowContext& context, Generate what);

}  // namespace aisha::bot::create
