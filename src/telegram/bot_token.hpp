// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace aisha::telegram {

/// The bot's user id, which stands before the colon of "123456:ABC...": known before Telegram is asked. Nothing for a
/// text that is no token.
std::optional<std::int64_t> bot_id_of(std::string_view token);

}  // namespace aisha::telegram
