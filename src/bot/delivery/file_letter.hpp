// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// The stored file as a document; where Telegram takes no file of it, a word that says so.
Task<services::DeliveryOutcome> tell_file(LetterDesk desk, Letter letter);

/// The picture without buttons, to be forwarded, with its link while one is open.
Task<services::DeliveryOutcome> tell_copy(LetterDesk desk, Letter letter);

}  // namespace aisha::bot
