// SPDX-License-Identifier: Apache-2.0
#include "loops/loops.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace aisha::loops {
namespace {

constexpr Millis kLook{20};

}  // namespace

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
    boost::asio::co_spawn(executor_, pump->run(), boost::asio::detached);
  }
  for (const auto& round : rounds_) {
    boost::asio::co_spawn(executor_, round->run(), boost::asio::detached);
  }
}

bool Loops::is_still() const {
  return std::ranges::all_of(pumps_, [](const auto& pump) { return pump->is_still(); }) &&
         std::ranges::all_of(rounds_, [](const auto& round) { return round->is_still(); });
}

Task<bool> Loops::stop() {
  for (const auto& pump : pumps_) {
    pump->stop();
  }
  for (const auto& round : rounds_) {
    round->stop();
  }
  // Counted in looks: the wall clock may jump meanwhile.
  for (Millis waited{0}; !is_still() && waited < policy_.drain; waited += kLook) {
    co_await clock_.sleep(kLook);
  }
  co_return is_still();
}

}  // namespace aisha::loops
