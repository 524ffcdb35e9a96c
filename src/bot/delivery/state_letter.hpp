// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// A message of a picture becomes what is true of the picture now: `OutboxMessage::message_id` names it. One that is
/// gone from the chat stays so.
Task<services::DeliveryOutcome> tell_state(LetterDesk desk, Letter letter);

/// The card of an avatar made of photos becomes what is true of it now: it is edited, or sent where there is none. One
/// that its person has written below of is sent anew, and loses its buttons first.
Task<services::DeliveryOutcome> tell_avatar(LetterDesk desk, Letter letter);

}  // namespace aisha::bot
