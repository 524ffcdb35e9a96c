// SPDX-License-Identifier: Apache-2.0
#include "loops/loops.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>

namespace aisha::loops {

void Loops::drive(std::string name, services::Worker& worker, services::Signal& bell, int parallel) {
  PumpOptions options;
  options.name = std::move(name);
  options.parallel = parallel;
  options.idle = policy_.idle_poll;
  pumps_.push_back(std::make_unique<Pump>(executor_, clock_, rng_, worker, bell, std::move(options)));
}

void Loops::repeat(std::string name, services::Chore& chore, Millis pause) {
  rounds_.push_back(std::make_unique<Rounds>(executor_, clock_, chore, std::move(name), pause));
}

void Loops::start() {
  for (const auto& pump : pumps_) {
    launch(pump->run());
  }
  for (const auto& round : rounds_) {
    launch(round->run());
  }
}

void Loops::launch(Task<void> loop) {
  ++running_;
  boost::asio::co_spawn(executor_, std::move(loop), [this](const std::exception_ptr&) {
    if (--running_ == 0) {
      still_.wake();
    }
  });
}

Task<bool> Loops::stop() {
  for (const auto& pump : pumps_) {
    pump->stop();
  }
  for (const auto& round : rounds_) {
    round->stop();
  }
  if (running_ > 0) {
    co_await still_.wait(clock_, policy_.drain);
  }
  co_return running_ == 0;
}

}  // namespace aisha::loops
