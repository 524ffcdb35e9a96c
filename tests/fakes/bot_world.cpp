// SPDX-License-Identifier: Apache-2.0
#include "tests/fakes/bot_world.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <ranges>
#include <stdexcept>

#include "stores/people/chats.hpp"

namespace aisha::fakes {
namespace {

constexpr Millis kGuard{700};
/// As long as that waits only what goes on in the background.
constexpr Millis kBackground{4'000};

json::Object private_chat(std::int64_t id) {
  return {{"id", id}, {"type", "private"}};
}

}  // namespace

Task<void> BotClock::sleep(Millis delay) {
  if ((delay == kGuard && !guards_fire) || delay >= kBackground) {
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    co_await never.async_wait(boost::asio::use_awaitable);
  }
  co_await clock_.sleep(delay);
}

BotWorld::BotWorld(std::string language) : language_(std::move(language)) {
  uploads.serve(7);
  options.username = "aisha_bot";
  options.has_inline = true;
  // The clock stands while a test presses hundreds of buttons.
  world.policy.rate_updates = 1'000'000;
}

json::Object BotWorld::person(std::int64_t id) const {
  return {{"id", id}, {"is_bot", false}, {"first_name", "Анна"}, {"language_code", language_}};
}

void BotWorld::update(json::Object body, std::int64_t person) {
  services::RawUpdate raw;
  raw.kind = body.begin()->key();
  body["update_id"] = ++update_id_;
  raw.key = update_id_;
  raw.lane = person;
  raw.body = json::serialize(body);
  world.run(world.inbox.store({std::move(raw)}));
  take_updates();
}

int BotWorld::take_updates() {
  int begun = 0;
  for (int more = 1; more > 0;) {
    const auto due = world.run(taking.due_in());
    more = due && *due <= Millis(0) ? world.step(taking, 1) : 0;
    world.loop.poll();
    begun += more;
  }
  return begun;
}

std::int64_t BotWorld::write(const std::string& text, std::int64_t from) {
  const std::int64_t id = telegram.next_message_id();
  update({{"message",
           json::Object{
               {"message_id", id}, {"date", 1}, {"from", person(from)}, {"chat", private_chat(from)}, {"text", text}}}},
         from);
  return id;
}

json::Object BotWorld::inline_query(const std::string& query, const std::string& offset, std::int64_t from) {
  const std::size_t before = telegram.calls_of("answerInlineQuery").size();
  const json::Object asked{
      {"id", std::to_string(update_id_)}, {"from", person(from)}, {"query", query}, {"offset", offset}};
  update({{"inline_query", asked}}, telegram::kInlineLane + from);
  const auto answers = telegram.calls_of("answerInlineQuery");
  return answers.size() > before ? answers.back().parameters : json::Object();
}

std::string BotWorld::press(std::int64_t message_id, const std::string& data) {
  const std::size_t before = telegram.toasts.size();
  const json::Object pressed{{"message_id", message_id}, {"date", 1}, {"chat", private_chat(kChat)}};
  update(
      {{"callback_query",
        json::Object{{"id", std::to_string(update_id_)}, {"from", person()}, {"message", pressed}, {"data", data}}}});
  if (telegram.toasts.size() != before + 1) {
    throw std::logic_error("a press was answered " + std::to_string(telegram.toasts.size() - before) + " times");
  }
  return telegram.toasts.back();
}

std::string BotWorld::tap(const std::string& label) {
  const ChatMessage& under = with(label);
  return press(under.id, under.data_of(label));
}

void BotWorld::settle() {
  // Refused submits come again after pauses of seconds: quiet means quiet for longer than that.
  constexpr int kQuiet = 20;
  for (int quiet = 0; quiet < kQuiet; ++quiet) {
    int moved = world.step(world.prepare_worker) + world.step(world.submit_worker) + world.step(world.result_worker) +
                world.step(exporting) + world.step(sending);
    world.clock.advance(Millis(1'000));
    moved += world.step(world.poll_worker) + take_updates();
    world.reap();
    quiet = moved > 0 ? 0 : quiet;
  }
  world.loop.poll();
}

const ChatMessage& BotWorld::newest() {
  const auto& messages = telegram.chat(kChat);
  if (messages.empty()) {
    throw std::logic_error("the bot has said nothing");
  }
  return messages.rbegin()->second;
}

const ChatMessage& BotWorld::message(std::int64_t id) {
  return telegram.chat(kChat).at(id);
}

const ChatMessage& BotWorld::with(const std::string& label) {
  for (const auto& [id, message] : telegram.chat(kChat) | std::views::reverse) {
    for (const auto& button : message.buttons) {
      if (label.size() > 1 ? button.text.contains(label) : button.text == label) {
        return message;
      }
    }
  }
  throw std::logic_error("no message has a button " + label);
}

domain::Chat BotWorld::chat() {
  stores::UnitOfWork unit(*world.db, world.rng);
  return world.run(stores::chats::load(unit, kChat)).value();
}

}  // namespace aisha::fakes
