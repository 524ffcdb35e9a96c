// SPDX-License-Identifier: Apache-2.0
#include "bot/dispatch/introduction.hpp"

#include <array>
#include <optional>
#include <utility>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "bot/dispatch/routes.hpp"

namespace aisha::bot {
namespace {

constexpr const char* kKey = "introduction";
constexpr std::array<const char*, 3> kAbout{"bot.name", "bot.description", "bot.short_description"};

std::vector<telegram::BotCommand> command_list(const texts::Texts& texts) {
  std::vector<telegram::BotCommand> out;
  for (const routes::Command& command : routes::commands()) {
    out.push_back({std::string(command.name), texts.plain(command.about)});
  }
  return out;
}

Task<telegram::ApiResult<>> introduce_in(telegram::BotApi& client, const texts::Texts& texts,
                                         std::optional<std::string> language) {
  telegram::SetMyCommands commands{command_list(texts), language};
  auto said = co_await client.set_my_commands(std::move(commands));
  if (said) {
    telegram::SetMyName name{texts.plain("bot.name"), language};
    said = co_await client.set_my_name(std::move(name));
  }
  if (said) {
    telegram::SetMyDescription description{texts.plain("bot.description"), language};
    said = co_await client.set_my_description(std::move(description));
  }
  if (said) {
    telegram::SetMyShortDescription description{texts.plain("bot.short_description"), language};
    said = co_await client.set_my_short_description(std::move(description));
  }
  co_return said;
}

std::string fingerprint_of(const texts::Library& library) {
  std::string all;
  for (const texts::Texts* texts : {&library.en, &library.ru}) {
    for (const char* id : kAbout) {
      all += texts->plain(id) + '\n';
    }
    for (const telegram::BotCommand& command : command_list(*texts)) {
      all += command.command + ' ' + command.description + '\n';
    }
  }
  return encoding::sha256_hex(all).substr(0, 16);
}

}  // namespace

Task<void> Introduction::run() {
  const auto bot = co_await client_.get_me();
  if (bot) {
    options_.learn(*bot);
  }
  const std::string fingerprint = fingerprint_of(library_);
  const auto known = co_await uploads_.file_id(kKey);
  if (known == fingerprint) {
    co_return;
  }
  const auto said = co_await introduce();
  if (said) {
    co_await uploads_.remember(kKey, fingerprint);
  } else {
    log::warn("the bot's name and commands were refused: {}", said.error().description);
  }
}

Task<telegram::ApiResult<>> Introduction::introduce() {
  auto said = co_await introduce_in(client_, library_.en, std::nullopt);
  if (said) {
    said = co_await introduce_in(client_, library_.ru, "ru");
  }
  co_return said;
}

}  // namespace aisha::bot
