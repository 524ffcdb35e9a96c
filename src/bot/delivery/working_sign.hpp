// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "base/uuid.hpp"
#include "bot/cards/chat_output.hpp"
#include "bot/flow/flow_context.hpp"

namespace aisha::bot {

/// "sends a photo" in a chat's header for as long as a picture is being made: Telegram forgets it after five seconds.
/// Lives in this process alone and may be lost with it. Loop thread only.
class WorkingSign {
 public:
  WorkingSign(ChatActions& chat_actions, const BotServices& tools);
  ~WorkingSign();
  WorkingSign(const WorkingSign&) = delete;
  WorkingSign& operator=(const WorkingSign&) = delete;

  /// Shows it now, and again until the generation has ended. Repeating the call for one generation shows it once more.
  Task<void> show(calls::Place place, Uuid generation);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace aisha::bot
