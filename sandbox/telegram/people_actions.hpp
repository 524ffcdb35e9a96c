// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sandbox/telegram/people.hpp"

namespace aisha::sandbox::telegram {

/// One action's surroundings.
struct Action {
  Core& core;
  const json::Object& body;
  const std::vector<FileFacts>& files;
  Params fields;  ///< of `body`
};

/// `code` is a literal.
inline std::unexpected<SimError> sim_refuse(std::string sentence, int status = 400, std::string_view code = {}) {
  return std::unexpected(SimError{status, std::move(sentence), code});
}

/// The chat named by "chat" and "bot".
std::expected<Chat*, SimError> action_chat(const Action& action);

SimOutcome send_as_person(const Action& action);
SimOutcome press_as_person(const Action& action);
SimOutcome react_as_person(const Action& action);
SimOutcome block_bot(const Action& action);
SimOutcome unblock_bot(const Action& action);
/// An inline query: what somebody types behind the bot's name. Answered as `inline_result` says once the bot did.
SimOutcome type_inline(const Action& action);
/// Sends a result of theirs to the person "to".
SimOutcome pick_result(const Action& action);

}  // namespace aisha::sandbox::telegram
