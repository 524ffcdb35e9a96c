// SPDX-License-Identifier: Apache-2.0
#include "sandbox/feed.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

namespace aisha::sandbox {
namespace {

constexpr std::size_t kKept = 2'000;

}  // namespace

struct Feed::Waiters {
  std::set<boost::asio::steady_timer*> timers;
};

Feed::Feed(Executor executor) : executor_(std::move(executor)), waiters_(std::make_unique<Waiters>()) {}
Feed::~Feed() = default;

void Feed::wake() {
  for (auto* timer : waiters_->timers) {
    timer->cancel();
  }
}

void Feed::publish(const std::vector<json::Object>& events) {
  for (const json::Object& event : events) {
    kept_.push_back(json::serialize(event));
    ++newest_;
  }
  while (kept_.size() > kKept) {
    kept_.pop_front();
  }
  wake();
}

Task<void> Feed::wait(Millis most) {
  if (closed_) {
    co_return;
  }
  boost::asio::steady_timer timer(executor_, most);
  // Also leaves the set when the waiting coroutine is thrown away.
  struct Entry {
    std::set<boost::asio::steady_timer*>& set;
    boost::asio::steady_timer* timer;
    ~Entry() { set.erase(timer); }
  };
  const Entry entry{waiters_->timers, &timer};
  waiters_->timers.insert(&timer);
  boost::system::error_code ec;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ec));
}

Task<void> Feed::wait_past(std::uint64_t seen, Millis most) {
  if (newest_ == seen) {
    co_await wait(most);
  }
}

std::vector<std::string> Feed::since(std::uint64_t after) const {
  const std::uint64_t first = newest_ - kept_.size();
  const std::uint64_t skip = after > first ? std::min<std::uint64_t>(after - first, kept_.size()) : 0;
  return {kept_.begin() + static_cast<std::ptrdiff_t>(skip), kept_.end()};
}

void Feed::close() {
  closed_ = true;
  wake();
}

}  // namespace aisha::sandbox
