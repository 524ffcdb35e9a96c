// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/core.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "base/secret.hpp"
#include "base/uuid.hpp"

/// One line an event, to stderr. Lines about one thing that a person asked for (the update, the picture, the message
/// that brings it) name its trace: pass the id first. It travels as an argument or in the row, never in a global: one
/// thread runs all coroutines, so that whatever were set there would be another trace's after the next co_await.
namespace aisha::log {

enum class Level { debug, info, warn, error };

/// `json`: every line is a JSON object with `time` (UTC), `level`, `msg` and, when there is one, `trace`.
void start(Level least, bool json);

/// From now on blotted out of every line, wherever it stands. Values shorter than 6 characters are left alone: they
/// would blot out words. Not to be called while other threads log.
void never_show(const Secret& secret);

/// `text` as `write` lets it out: without registered secrets, without what looks like a bot token, a key, a signature
/// or a password in a URL, without control characters and broken UTF-8.
std::string clean(std::string_view text);
/// A line as it is written. `trace` may be nil.
std::string json_line(TimePoint time, Level level, const Uuid& trace, std::string_view text);

void write(Level level, const Uuid& trace, std::string_view text);

bool enabled(Level level);

/// Lines written so far, by level.
std::array<std::uint64_t, 4> lines_written();

template <class... Args>
void line(Level level, const Uuid& trace, fmt::format_string<Args...> format, Args&&... args) {
  if (enabled(level)) {
    write(level, trace, fmt::format(format, std::forward<Args>(args)...));
  }
}

template <class... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
  line(Level::debug, Uuid{}, format, std::forward<Args>(args)...);
}
template <class... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
  line(Level::info, Uuid{}, format, std::forward<Args>(args)...);
}
template <class... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
  line(Level::warn, Uuid{}, format, std::forward<Args>(args)...);
}
template <class... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
  line(Level::error, Uuid{}, format, std::forward<Args>(args)...);
}

template <class... Args>
void debug(const Uuid& trace, fmt::format_string<Args...> format, Args&&... args) {
  line(Level::debug, trace, format, std::forward<Args>(args)...);
}
template <class... Args>
void info(const Uuid& trace, fmt::format_string<Args...> format, Args&&... args) {
  line(Level::info, trace, format, std::forward<Args>(args)...);
}
template <class... Args>
void warn(const Uuid& trace, fmt::format_string<Args...> format, Args&&... args) {
  line(Level::warn, trace, format, std::forward<Args>(args)...);
}
template <class... Args>
void error(const Uuid& trace, fmt::format_string<Args...> format, Args&&... args) {
  line(Level::error, trace, format, std::forward<Args>(args)...);
}

}  // namespace aisha::log
