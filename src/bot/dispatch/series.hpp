// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bot/dispatch/event.hpp"
#include "domain/chat.hpp"

namespace aisha::bot {

/// Several messages that are one thing to whoever sent them get one answer: an album (one message a picture), a paste
/// that Telegram cut at 4096 characters, texts forwarded together. True when `event` goes on with what was answered
/// last; `chat` remembers what it belongs to.
bool goes_on(const Event& event, domain::Chat& chat);

}  // namespace aisha::bot
