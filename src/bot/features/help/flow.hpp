// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::help {

Task<Reply> open(FlowContext& context);
/// The same after a sentence: there is no such command.
Task<Reply> unknown_command(FlowContext& context);

}  // namespace aisha::bot::help
