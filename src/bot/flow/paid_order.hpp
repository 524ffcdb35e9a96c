// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/error.hpp"
#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"
#include "bot/flow/reply.hpp"

/// What every paid button does: the message under which it was pressed becomes the status message of the picture. When
/// that is not the menu card (an old card, a failed generation's message), the menu card stays what it is.
namespace aisha::bot {

/// Orders under the pressed message and its card's revision: one tap under one revision, and one picture a message: an
/// older button of a message that is a picture's by now is stale. Errors: those of Generations::request.
Task<Result<services::AcceptedOrder>> place_order(FlowContext& context, services::GenerationOrder order,
                                                  std::int64_t nonce);

/// A failed generation once more, once however often its button is pressed. Errors: those of Generations::repeat.
Task<Result<services::AcceptedOrder>> repeat_order(FlowContext& context, Uuid failed);

/// The toast of an accepted order, or its refusal.
Reply answer_order(const FlowContext& context, Result<services::AcceptedOrder> accepted);

}  // namespace aisha::bot
