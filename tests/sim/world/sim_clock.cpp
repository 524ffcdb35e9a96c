// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/sim_clock.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::sim {
namespace asio = boost::asio;

std::uint64_t Timers::add(TimePoint at, Owner owner, Wake wake) {
  const std::uint64_t id = ++last_id_;
  entries_.emplace(Key(at, id), Entry{owner, std::move(wake)});
  times_.emplace(id, at);
  return id;
}

void Timers::cancel(std::uint64_t id) {
  const auto time = times_.find(id);
  if (time == times_.end()) {
    return;
  }
  auto node = entries_.extract(Key(time->second, id));
  times_.erase(time);
  node.mapped().wake(asio::error::operation_aborted);
}

void Timers::drop(Owner owner) {
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    if (entry->second.owner == owner) {
      times_.erase(entry->first.second);
      entry = entries_.erase(entry);
    } else {
      ++entry;
    }
  }
}

std::optional<TimePoint> Timers::next() const {
  return entries_.empty() ? std::nullopt : std::optional(entries_.begin()->first.first);
}

Task<void> SimClock::sleep(Millis delay) {
  const auto initiate = [this, delay](auto handler) {
    const auto slot = asio::get_associated_cancellation_slot(handler);
    const auto executor = asio::get_associated_executor(handler);
    auto wake = [executor, handler = std::move(handler)](boost::system::error_code error) mutable {
      asio::post(executor, [handler = std::move(handler), error]() mutable { std::move(handler)(error); });
    };
    const std::uint64_t id = timers_.add(timers_.now() + std::max(delay, Millis(0)), owner_, std::move(wake));
    if (slot.is_connected()) {
      asio::cancellation_slot mutable_slot = slot;
      mutable_slot.assign([this, id](asio::cancellation_type) { timers_.cancel(id); });
    }
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(initiate,
                                                                                                 asio::use_awaitable);
}

}  // namespace aisha::sim
