// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "bot/courier.hpp"
#include "bot/delivery.hpp"
#include "bot/dispatcher.hpp"
#include "bot/flows/scene.hpp"

namespace aisha::bot {

/// The services a bot is made of.
struct BotServices {
  services::Inbox& inbox;
  services::People& people;
  services::Generations& generations;
  services::Gallery& gallery;
  services::Pictures& pictures;
};

/// The chat side of Aisha, wired. Everything passed by reference must outlive it; loop thread only.
class Bot {
 public:
  /// `price` is that of a picture whose style names none.
  Bot(BotServices services, services::Catalog catalog, Line line, BotOptions options, std::int64_t price);

  /// For the inbox loop.
  services::UpdateHandler& updates() { return dispatcher_; }
  /// For the outbox loop.
  services::Deliverer& deliverer() { return delivery_; }

  /// Before the first update: asks Telegram who we are, and says name, descriptions and commands when they changed.
  /// Only getMe can fail; a refused introduction is logged.
  Task<telegram::ApiResult<telegram::User>> start();

 private:
  Task<void> introduce_when_changed();

  Line line_;
  services::Pictures& pictures_;
  texts::Library library_;
  BotOptions options_;
  Showcase showcase_;
  Tools tools_;
  PhotoSource photos_;
  Presenter presenter_;
  Courier courier_;
  PromptMessages prompts_;
  Dispatcher dispatcher_;
  Delivery delivery_;
};

}  // namespace aisha::bot
