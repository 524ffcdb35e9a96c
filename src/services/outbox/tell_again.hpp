// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/task.hpp"
#include "services/outbox/outbox_message.hpp"
#include "services/people/actor.hpp"

namespace aisha::services {

/// Whether it is worth waiting for its person: pictures, what became of them and of the coins, files they asked for.
bool is_owed(Meaning meaning);

/// Collects into the actor what could not be told to them while they had the bot blocked (or Telegram was away for too
/// long): each message once more, under a key of its own for this `occasion`, and a notice with each picture, whose
/// message may be far up in the chat by now.
Task<void> tell_again(Actor& actor, std::string occasion);

}  // namespace aisha::services
