// SPDX-License-Identifier: Apache-2.0
#include "services/context/signal.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::services {

struct Signal::State {
  explicit State(const Executor& executor) : bell(executor, boost::asio::steady_timer::time_point::max()) {}

  // A timer that never ends by itself: cancelling it is the ring.
  boost::asio::steady_timer bell;
  bool pending = false;
  bool rung = false;
  std::function<void()> elsewhere;
};

namespace {

Task<void> hear(boost::asio::steady_timer& bell) {
  co_await bell.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

}  // namespace

Signal::Signal(Executor executor) : state_(std::make_unique<State>(executor)) {}
Signal::~Signal() = default;

void Signal::notify() {
  ring();
  if (state_->elsewhere) {
    state_->elsewhere();
  }
}

void Signal::ring() {
  state_->rung = true;
  wake();
}

void Signal::wake() {
  state_->pending = true;
  state_->bell.cancel();
}

bool Signal::take_rung() {
  return std::exchange(state_->rung, false);
}

void Signal::tell(std::function<void()> elsewhere) {
  state_->elsewhere = std::move(elsewhere);
}

Task<bool> Signal::wait(Clock& clock, Millis at_most) {
  using namespace boost::asio::experimental::awaitable_operators;
  if (!state_->pending) {
    co_await (hear(state_->bell) || clock.sleep(at_most));
  }
  co_return std::exchange(state_->pending, false);
}

}  // namespace aisha::services
