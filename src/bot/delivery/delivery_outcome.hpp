// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "bot/cards/chat_output.hpp"
#include "services/outbox/sender.hpp"

namespace aisha::bot {

services::DeliveryOutcome plain(services::DeliveryOutcome::Kind kind, std::string error = {});

/// What the outbox does after Telegram refused a call; a flood wait is noted in `output`. `repeatable` = the call may
/// be made again although it may have been carried out (an edit).
services::DeliveryOutcome outcome_of(ChatOutput& output, std::int64_t chat_id, const telegram::ApiError& error,
                                     bool repeatable);

}  // namespace aisha::bot
