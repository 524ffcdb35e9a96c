// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// The note that everything of a person is erased: it goes to a chat of which nothing is kept.
Task<services::DeliveryOutcome> tell_receipt(LetterDesk desk, services::OutboxMessage item);

}  // namespace aisha::bot
