// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

/// Telegram's limits as data (Bot API documentation, tdlib/td, tdlib/telegram-bot-api).
namespace aisha::sandbox::telegram {

struct Limit {
  std::string_view name;
  std::int64_t value;
  std::string_view unit;
};

inline constexpr std::array kLimits = {
    Limit{"text", 4096, "code points after parsing"},
    Limit{"text_raw", 32768, "bytes"},
    Limit{"caption", 1024, "code points after parsing"},
    Limit{"entities", 100, "per message, the rest is ignored"},
    Limit{"callback_data", 64, "bytes"},
    Limit{"keyboard_row", 8, "buttons"},
    Limit{"keyboard", 100, "buttons"},
    Limit{"callback_answer", 200, "code points"},
    Limit{"callback_age", 60'000, "ms until an answer is too late"},
    Limit{"callback_lifetime", 150'000, "ms in the update queue"},
    Limit{"update_lifetime", 86'400'000, "ms in the update queue"},
    Limit{"photo_bytes", 10'485'760, "bytes"},
    Limit{"photo_sides", 10'000, "px, width + height"},
    Limit{"photo_ratio", 20, "long side : short side"},
    Limit{"document_bytes", 52'428'800, "bytes"},
    Limit{"album", 10, "messages"},
    Limit{"get_file", 20'971'520, "bytes"},
    Limit{"inline_query", 256, "code points"},
    Limit{"inline_age", 30'000, "ms in the update queue, and until an answer is too late"},
    Limit{"inline_results", 50, "results"},
    Limit{"inline_result_id", 64, "bytes"},
    Limit{"inline_offset", 64, "bytes"},
    Limit{"commands", 100, "entries"},
    Limit{"command_name", 32, "characters"},
    Limit{"command_description", 256, "code points"},
    Limit{"bot_name", 64, "code points"},
    Limit{"bot_description", 512, "code points"},
    Limit{"bot_short_description", 120, "code points"},
    Limit{"start_payload", 64, "characters"},
    Limit{"copy_text", 256, "code points"},
    Limit{"delete_messages", 100, "ids"},
    Limit{"delete_age", 172'800'000, "ms"},
    Limit{"chat_action", 5'000, "ms"},
    Limit{"poll_seconds", 50, "s"},
    Limit{"poll_updates", 100, "updates"},
    Limit{"pending_updates", 100'000, "updates"},
    Limit{"webhook_connections", 100, "connections"},
    Limit{"webhook_secret", 256, "characters"},
};

/// Compile-time look-up: an unknown name does not compile.
consteval std::int64_t limit(std::string_view name) {
  for (const Limit& entry : kLimits) {
    if (entry.name == name) {
      return entry.value;
    }
  }
  throw "no such limit";
}

}  // namespace aisha::sandbox::telegram
