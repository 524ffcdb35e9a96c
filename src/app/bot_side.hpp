// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "app/core.hpp"
#include "bot/courier.hpp"
#include "bot/delivery.hpp"
#include "bot/dispatcher.hpp"
#include "bot/flows/scene.hpp"
#include "bot/flows/showcase.hpp"
#include "bot/photo_source.hpp"
#include "bot/presenter.hpp"
#include "jobs/jobs.hpp"
#include "services/gallery.hpp"
#include "services/people.hpp"
#include "services/pictures.hpp"
#include "services/sending.hpp"
#include "services/taking.hpp"
#include "services/usual_times.hpp"
#include "telegram/flood.hpp"
#include "texts/texts.hpp"

namespace aisha::app {

/// The half that talks to people: inbox in, cards and messages out. `core` outlives it.
class BotSide {
 public:
  BotSide(Core& core, const config::Config& config, Role role);

  /// File ids belong to one bot: to be called before the loops start.
  void serve(std::int64_t bot_id) { pictures_.serve(bot_id); }
  void drive(jobs::Jobs& jobs);
  /// Name, descriptions and commands, only when they changed: Telegram limits how often a bot may be renamed.
  Task<void> introduce();

 private:
  Core& core_;
  Role role_;
  texts::Library library_;
  services::People people_;
  services::Generations generations_;
  services::Gallery gallery_;
  services::Pictures pictures_;

  telegram::FloodGate flood_;
  bot::Line line_;
  bot::BotOptions options_;
  bot::Showcase showcase_;
  bot::Tools tools_;
  bot::PhotoSource photos_;
  bot::Presenter presenter_;
  bot::PromptMessages prompts_;
  bot::Courier courier_;
  bot::Dispatcher dispatcher_;
  bot::Delivery delivery_;

  services::Taking taking_;
  services::Holding holding_{taking_};
  services::Sending sending_;
  services::UsualTimes usual_times_;
};

}  // namespace aisha::app
