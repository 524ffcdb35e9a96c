// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// What became of a wish about all of a person's data. The receipt of an erasure goes to a chat of which nothing is
/// kept.
Task<services::DeliveryOutcome> tell_note(LetterDesk desk, services::OutboxMessage item);

}  // namespace aisha::bot
