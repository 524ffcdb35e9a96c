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

}  // namespace aisha::bot
