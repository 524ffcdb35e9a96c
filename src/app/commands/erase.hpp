// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "config/config.hpp"

namespace aisha::app {

struct EraseOptions {
  std::int64_t telegram_id = 0;
  bool yes = false;  ///< without it nothing is deleted, only told
};

/// Status of a command whose work goes on elsewhere: something of it waits for the bot.
inline constexpr int kNotDone = 5;

/// Erases a person who asked for it by another way than the chat, and prints the receipt; kNotDone when pictures of
/// theirs are still being made, which only a running bot ends. Errc::not_found: nobody has that Telegram id. Errors of
/// open_database.
Result<int> erase_command(const config::Config& config, const EraseOptions& options);

struct ErasuresOptions {
  std::string export_to;   ///< file to be written; "" = none
  std::string apply_from;  ///< file that `export_to` made
};

/// Who was erased, as bare ids, out of the store of the pictures into a file, or from there into the store of this
/// machine: the next start erases whoever of them its database has. Errors: backup_invalid (line), start_failed.
Result<void> erasures_command(const config::Config& config, const ErasuresOptions& options);

}  // namespace aisha::app
