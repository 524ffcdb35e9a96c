// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/job/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::job {

Task<Reply> repeat(FlowContext& context, Repeat what);
Task<Reply> cancel(FlowContext& context, Cancel what);

}  // namespace aisha::bot::job
