// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/batch/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::batch {

Task<Reply> cancel_all(FlowContext& context, CancelAll what);
Task<Reply> missing(FlowContext& context, Missing what);

}  // namespace aisha::bot::batch
