// SPDX-License-Identifier: Apache-2.0
#include "providers/payloads.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <tuple>

#include "base/log.hpp"

namespace aisha::providers {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kAtOnce = 8;

struct Round {
  Payloads& payloads;
  std::vector<std::string> ids;
  std::function<bool()> goes_on;
  std::size_t next = 0;
  std::int64_t removed = 0;
  bool is_refused = false;
};

Task<void> ask_for_some(Round& round) {
  while (!round.is_refused && round.next < round.ids.size() && round.goes_on()) {
    std::string id = round.ids[round.next++];
    const auto gone = co_await round.payloads.remove(std::move(id));
    if (gone) {
      ++round.removed;
      continue;
    }
    log::warn("what the provider keeps of a request is not removed: {}", gone.error().detail);
    round.is_refused = round.is_refused || gone.error().code == Errc::provider_auth;
  }
}

}  // namespace

Task<std::int64_t> Payloads::remove_all(std::vector<std::string> request_ids, std::function<bool()> goes_on) {
  if (!may_remove() || request_ids.empty()) {
    co_return 0;
  }
  Round round{*this, std::move(request_ids), std::move(goes_on)};
  const auto executor = co_await asio::this_coro::executor;
  std::vector<decltype(asio::co_spawn(executor, ask_for_some(round), asio::deferred))> group;
  for (std::size_t i = 0; i < std::min(kAtOnce, round.ids.size()); ++i) {
    group.push_back(asio::co_spawn(executor, ask_for_some(round), asio::deferred));
  }
  auto all = asio::experimental::make_parallel_group(std::move(group));
  const auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& problem : std::get<1>(ended)) {
    if (problem) {
      std::rethrow_exception(problem);
    }
  }
  co_return round.removed;
}

}  // namespace aisha::providers
