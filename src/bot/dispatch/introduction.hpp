// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/task.hpp"
#include "bot/flow/flow_context.hpp"
#include "services/context/worker.hpp"
#include "services/gallery/uploads.hpp"
#include "telegram/bot_api.hpp"
#include "texts/texts.hpp"

namespace aisha::bot {

/// What Telegram says of the bot (whether inline mode is on changes at @BotFather), and what the bot says of itself:
/// its name, descriptions and command list in English (for everyone) and Russian, said when they differ from what
/// was last taken: Telegram limits how often a bot may be renamed. A refusal is logged and everything said anew in the
/// next round.
class Introduction final : public services::Chore {
 public:
  Introduction(telegram::BotApi& client, const texts::Library& library, services::Uploads& uploads, BotOptions& options)
      : client_(client), library_(library), uploads_(uploads), options_(options) {}

  Task<void> run() override;

 private:
  Task<telegram::ApiResult<>> introduce();

  telegram::BotApi& client_;
  const texts::Library& library_;
  services::Uploads& uploads_;  ///< keeps the fingerprint of what was said
  BotOptions& options_;
};

}  // namespace aisha::bot
