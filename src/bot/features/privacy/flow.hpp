// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/privacy/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::privacy {

Task<Reply> open(FlowContext& context);
Task<Reply> start_export(FlowContext& context);
Task<Reply> stop_export(FlowContext& context);
Task<Reply> ask_erase(FlowContext& context);
Task<Reply> erase(FlowContext& context, Erase what);
/// /privacy.
Task<Reply> policy(FlowContext& context);

}  // namespace aisha::bot::privacy
