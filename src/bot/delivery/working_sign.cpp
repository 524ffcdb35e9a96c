// SPDX-License-Identifier: Apache-2.0
#include "bot/delivery/working_sign.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <set>

#include "base/log.hpp"

namespace aisha::bot {
namespace {

constexpr Millis kAgain{4'500};
/// Longer than any picture takes: a sign that nobody takes down ends by itself.
constexpr int kMostTimes = 200;

}  // namespace

struct WorkingSign::State {
  ChatActions& chat_actions;
  const BotServices& bot;
  std::set<Uuid> shown;
  bool stopped = false;

  State(ChatActions& actions, const BotServices& tools) : chat_actions(actions), bot(tools) {}

  static Task<void> keep_up(std::shared_ptr<State> state, calls::Place place, Uuid generation) {
    try {
      co_await repeat(state, place, generation);
    } catch (const std::exception& outage) {
      // Whoever shows the next status shows the sign again.
      log::debug(generation, "the sign of work is down: {}", outage.what());
    }
    state->shown.erase(generation);
  }

  static Task<void> repeat(std::shared_ptr<State> state, calls::Place place, Uuid generation) {
    for (int times = 0; times < kMostTimes; ++times) {
      co_await state->bot.clock.sleep(kAgain);
      if (state->stopped) {
        co_return;
      }
      const auto view = co_await state->bot.generations.status(generation);
      const bool works = view && view->picture.state == domain::PictureState::open;
      if (!works || state->stopped) {
        co_return;
      }
      co_await state->chat_actions.uploading(place);
    }
  }
};

WorkingSign::WorkingSign(ChatActions& chat_actions, const BotServices& tools)
    : state_(std::make_shared<State>(chat_actions, tools)) {}

WorkingSign::~WorkingSign() {
  state_->stopped = true;
}

Task<void> WorkingSign::show(calls::Place place, Uuid generation) {
  co_await state_->chat_actions.uploading(place);
  if (state_->shown.insert(generation).second) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    boost::asio::co_spawn(executor, State::keep_up(state_, place, generation), boost::asio::detached);
  }
}

}  // namespace aisha::bot
