// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

namespace aisha::app {

/// What one process does of the whole (docs/adr/0005-many-processes.md). Every role listens when [server] listen is
/// set; `web` does nothing else.
enum class Role {
  all,
  bot,   ///< takes updates by long poll, handles the inbox, sends the outbox
  jobs,  ///< submits, follows and stores generations; reaper and sweeper
  web,
};

inline std::optional<Role> role_from(std::string_view text) {
  return text == "all"    ? std::optional(Role::all)
         : text == "bot"  ? std::optional(Role::bot)
         : text == "jobs" ? std::optional(Role::jobs)
         : text == "web"  ? std::optional(Role::web)
                          : std::nullopt;
}

constexpr bool talks(Role role) {
  return role == Role::all || role == Role::bot;
}
constexpr bool works(Role role) {
  return role == Role::all || role == Role::jobs;
}

}  // namespace aisha::app
