// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// A short word in reply to a picture that came late, so that its person hears of it; not to those who want none.
Task<services::DeliveryOutcome> tell_notice(LetterDesk desk, Letter letter);

/// What became of a wish about one's own data, and the button that leads there; at most once.
Task<services::DeliveryOutcome> tell_note(LetterDesk desk, Letter letter);

/// What the operator said to an appeal; at most once.
Task<services::DeliveryOutcome> tell_appeal(LetterDesk desk, Letter letter);

/// The note that everything of a person is erased: it goes to a chat of which nothing is kept.
Task<services::DeliveryOutcome> tell_receipt(LetterDesk desk, services::OutboxMessage item);

}  // namespace aisha::bot
