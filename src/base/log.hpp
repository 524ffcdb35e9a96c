// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/core.h>

#include <string_view>

namespace aisha::log {

enum class Level { debug, info, warn, error };

/// Sends logs to stderr from now on; the default. `json` makes one JSON object a line.
void start(Level least, bool json);

/// One line. Bot tokens, fal keys and signatures that slipped into `text` are blotted out (ARCHITECTURE.md, "Secrets").
void write(Level level, std::string_view text);

bool enabled(Level level);

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::debug)) {
    write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
  }
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::info)) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
  }
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::warn)) {
    write(Level::warn, fmt::format(format, std::forward<Args>(args)...));
  }
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(Level::error)) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
  }
}

}  // namespace aisha::log
