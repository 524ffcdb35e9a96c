// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

namespace aisha::bot::problem {

/// Fills in the toast or the card that tells what `reply` was refused for; the rest of it stays.
Reply tell(FlowContext& context, Reply reply);

}  // namespace aisha::bot::problem
