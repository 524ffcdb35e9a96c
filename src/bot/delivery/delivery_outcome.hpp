// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "bot/cards/chat_output.hpp"
#include "services/outbox/sender.hpp"

namespace aisha::bot {

services::DeliveryOutcome plain(services::DeliveryOutcome::Kind kind, std::string error = {});

/// What the outbox does after Telegram refused a call that may be made again although it may have been carried out (an
/// edit); a flood wait is noted in `output`.
services::DeliveryOutcome outcome_of(ChatOutput& output, std::int64_t chat_id, const telegram::ApiError& error);
/// The same of a send.
services::DeliveryOutcome outcome_of(ChatOutput& output, std::int64_t chat_id, const telegram::ApiError& error,
                                     const SendDoubts::Send& send);

/// To be asked before a send: what to answer the outbox when it has to wait. `maybe_sent`: tries of this row without a
/// sure answer.
std::optional<services::DeliveryOutcome> held(ChatOutput& output, const SendDoubts::Send& send,
                                              std::int64_t maybe_sent);

}  // namespace aisha::bot
