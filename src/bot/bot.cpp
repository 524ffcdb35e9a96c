// SPDX-License-Identifier: Apache-2.0
#include "bot/bot.hpp"

#include "base/log.hpp"
#include "bot/setup.hpp"

namespace aisha::bot {

Bot::Bot(BotServices services, services::Catalog catalog, Line line, BotOptions options, std::int64_t price)
    : line_(line),
      pictures_(services.pictures),
      options_(std::move(options)),
      showcase_(catalog, price),
      tools_{services.people, services.generations, services.gallery, showcase_, library_, options_, line.clock},
      photos_(services.pictures, services.gallery, line.clock),
      presenter_(line, photos_),
      courier_(line, services.pictures, services.gallery),
      dispatcher_(services.inbox, tools_, presenter_, courier_, prompts_),
      delivery_(line, tools_, photos_, courier_, prompts_) {}

Task<telegram::ApiResult<telegram::User>> Bot::start() {
  auto me = co_await line_.client.get_me();
  if (me) {
    pictures_.serve(me->id);
    co_await introduce_when_changed();
  }
  co_return me;
}

Task<void> Bot::introduce_when_changed() {
  // Beside the file ids, as the other thing one bot knows about itself.
  const std::string key = "bot/introduction";
  const std::string now = introduction_fingerprint(library_);
  const auto before = co_await pictures_.file_id(key);
  if (before == now) {
    co_return;
  }
  const auto said = co_await introduce(line_.client, library_);
  if (!said) {
    log::warn("name, descriptions and commands were not all accepted: {}", said.error().description);
    co_return;
  }
  co_await pictures_.remember(key, now);
}

}  // namespace aisha::bot
