// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/delivery/letter.hpp"

namespace aisha::bot {

/// The stored file as a document; where Telegram takes no file of it, a word that says so.
Task<services::DeliveryOutcome> tell_file(LetterDesk desk, Letter letter);

/// The picture without buttons, to be forwarded, with its link while one is open.
Task<services::DeliveryOutcome> tell_copy(LetterDesk desk, Letter letter);

/// A part of the archive of a person's data as a document, made now: one at a time in this process. A store that is
/// away is waited for, however long.
Task<services::DeliveryOutcome> tell_part(LetterDesk desk, Letter letter);

}  // namespace aisha::bot
