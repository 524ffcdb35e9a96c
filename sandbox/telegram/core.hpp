// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/telegram/errors.hpp"
#include "sandbox/telegram/state.hpp"

namespace aisha::sandbox::telegram {

/// The state, the moment and the seed of one operation; small verbs that every method needs.
struct Core {
  State& state;
  std::uint64_t seed;
  std::int64_t now;  ///< ms since the epoch

  /// The next value of a named sequence: a function of seed, kind and position only, so that a replay repeats it.
  std::uint64_t draw(std::string_view kind);
  /// Base64url text of `bytes` drawn bytes.
  std::string draw_text(std::string_view kind, std::size_t bytes);

  Bot* bot(std::int64_t id);
  User* user(std::int64_t id);
  /// Made on first use; both must exist.
  Chat& chat(std::int64_t bot, std::int64_t user);
  Chat* find_chat(std::int64_t bot, std::int64_t user);
  Message* message(Chat& chat, std::int64_t id);

  /// Numbers and stores a message.
  Message& append(Chat& chat, Message message);
  /// Something a person can see changed.
  void touch(Chat& chat);
  void emit(Event event) { state.events.push_back(std::move(event)); }
};

/// One Bot API call on its way through a method.
struct Context {
  Core& core;
  Bot& bot;
  const Call& call;
  std::string description{};  ///< of a success
  bool changed = true;        ///< false = nothing to remember in the journal

  const Params& params() const { return call.params; }
};

/// Queues an update for the bot unless its `allowed_updates` leave this type out. `lane`: chat or user the order is
/// kept for; `lifetime_ms` from now.
void push_update(Core& core, Bot& bot, std::string_view type, json::Value body, std::int64_t lane,
                 std::int64_t lifetime_ms);
/// Drops updates whose lifetime is over.
void expire_updates(Core& core, Bot& bot);
/// Marks as acknowledged and forgets every pending update below `offset`.
bool acknowledge(Core& core, Bot& bot, std::int64_t offset);

}  // namespace aisha::sandbox::telegram
