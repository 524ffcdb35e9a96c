// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "stores/upkeep/audit.hpp"

namespace aisha::app {

/// How far a check has come and what it has found by then.
struct CheckState {
  stores::audit::Mark mark;
  Uuid pictures_after;        ///< whose objects have been read; begins when the walk is over
  Uuid loras_after;           ///< avatars whose copies have been read; behind the pictures
  std::int64_t rows = 0;      ///< looked at, of all parts
  std::int64_t pictures = 0;  ///< whose objects have been read
  std::int64_t loras = 0;     ///< likewise
  std::array<std::int64_t, stores::audit::kInvariants.size()> violations{};  ///< of each invariant
  std::vector<std::string> sentences;                                        ///< the first of them
  std::int64_t unread = 0;           ///< objects that could not be read now: neither right nor lost
  std::vector<std::string> unreads;  ///< the first of them

  /// "I5 job ..."
  void add(std::string violation);
  void add_unread(std::string sentence);
  std::int64_t total() const;  ///< violations
};

/// Keeps `state` in a file; `subject` says what is checked.
Result<void> save(const CheckState& state, const std::string& path, std::string_view subject);
/// What `save` kept; a state that begins when there is no file. Errc::start_failed: it is of another subject, or no
/// such file at all.
Result<CheckState> load_check_state(const std::string& path, std::string_view subject);

}  // namespace aisha::app
