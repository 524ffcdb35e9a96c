// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/features/statistics/routes.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::statistics {

Task<Reply> open(FlowContext& context, Open to);

}  // namespace aisha::bot::statistics
