// SPDX-License-Identifier: Apache-2.0
#include "cache/redis/session.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "cache/redis/dial.hpp"

namespace aisha::cache::redis {
namespace {

namespace asio = boost::asio;

// More than a process writes in the longest outage that anybody bears; beyond it entries end with their TTL.
constexpr std::size_t kLeftovers = 50'000;
constexpr std::size_t kErasedAtOnce = 500;

bool is_forbidden(const Reply& reply) {
  return reply.kind == Reply::Kind::refused && reply.text.starts_with("NOPERM");
}

// Every error but a key's own trouble and a missing right says that the server cannot work for us now; connecting anew
// would not help those two.
bool is_trouble(const Reply& reply) {
  return reply.kind == Reply::Kind::refused && !reply.text.starts_with("WRONGTYPE") && !is_forbidden(reply);
}

}  // namespace

struct Session::Timer {
  explicit Timer(const Executor& loop) : pause(loop) {}
  asio::steady_timer pause;
  std::chrono::steady_clock::time_point connected;
};

Session::Session(Executor loop, Address address, Pace pace, Rng& rng)
    : loop_(std::move(loop)),
      address_(std::move(address)),
      pace_(pace),
      rng_(rng),
      timer_(std::make_unique<Timer>(loop_)) {}

Session::~Session() = default;

void Session::start() {
  asio::co_spawn(loop_, keep(shared_from_this()), asio::detached);
}

void Session::stop() {
  stopped_ = true;
  ready_ = false;
  timer_->pause.cancel();
  if (const auto link = std::exchange(link_, nullptr)) {
    link->close();
  }
}

Task<void> Session::keep(std::shared_ptr<Session> self) {
  while (!self->stopped_) {
    const bool connected = co_await self->connect();
    if (connected) {
      const auto link = self->link_;
      co_await link->ended();
      self->ready_ = false;
      ++self->era_;
      // A connection that broke at once counts as one more try: no tight circle of connecting.
      if (std::chrono::steady_clock::now() - self->timer_->connected > self->pace_.last_pause) {
        self->tries_ = 0;
      }
      self->lost("the connection ended");
    }
    if (!self->stopped_) {
      co_await self->pause();
    }
  }
}

Task<bool> Session::connect() {
  auto dialled = co_await dial(loop_, address_, pace_.connect_budget);
  if (!dialled) {
    lost(dialled.error().detail);
    co_return false;
  }
  const std::shared_ptr<Link> link = std::move(*dialled);
  const bool tidy = co_await erase_leftovers(shared_from_this(), link);
  if (stopped_ || !tidy) {
    link->close();
    co_return false;
  }
  link_ = link;
  failures_ = 0;
  ready_ = true;
  ++era_;
  timer_->connected = std::chrono::steady_clock::now();
  if (std::exchange(told_away_, false)) {
    log::info("Redis at {} answers again", address_.name());
  }
  co_return true;
}

Task<bool> Session::erase_leftovers(std::shared_ptr<Session> self, std::shared_ptr<Link> link) {
  // What is written meanwhile joins the rest.
  auto& leftovers = self->leftovers_;
  while (!leftovers.empty()) {
    std::vector<std::string> words{"DEL"};
    for (auto next = leftovers.begin(); next != leftovers.end() && words.size() <= kErasedAtOnce; ++next) {
      words.push_back(*next);
    }
    const std::vector<std::string> keys(words.begin() + 1, words.end());
    const auto reply = co_await link->ask(std::move(words), self->pace_.connect_budget);
    if (!reply || reply->kind != Reply::Kind::number) {
      co_return false;
    }
    for (const std::string& key : keys) {
      leftovers.erase(key);
    }
  }
  co_return true;
}

/// After a change that went unanswered on a connection that lives on.
Task<void> Session::catch_up(std::shared_ptr<Session> self, std::shared_ptr<Link> link) {
  const bool done = co_await erase_leftovers(self, link);
  self->catching_up_ = false;
  if (!done) {
    link->close();
  }
}

Task<void> Session::pause() {
  timer_->pause.expires_after(jittered(rng_, doubled(pace_.first_pause, tries_++, pace_.last_pause)));
  co_await timer_->pause.async_wait(asio::as_tuple(asio::use_awaitable));
}

void Session::lost(const std::string& why) {
  if (!stopped_ && !std::exchange(told_away_, true)) {
    log::warn("Redis at {} is away ({}); this process goes on without it", address_.name(), why);
  }
}

Task<std::optional<Reply>> Session::ask(std::vector<std::string> words) {
  if (!ready_) {
    co_return std::nullopt;
  }
  const auto self = shared_from_this();
  const auto link = link_;
  const int era = era_;
  auto reply = co_await link->ask(std::move(words), pace_.budget);
  if (era != era_ || !ready_) {
    co_return reply;
  }
  if (reply && is_forbidden(*reply) && !std::exchange(told_forbidden_, true)) {
    log::warn("Redis at {} forbids a command; Aisha needs GET, SET, DEL, EVAL and what its script calls",
              address_.name());
  }
  if (reply && !is_trouble(*reply)) {
    failures_ = 0;
    if (!leftovers_.empty() && !std::exchange(catching_up_, true)) {
      asio::co_spawn(loop_, catch_up(self, link), asio::detached);
    }
  } else if (++failures_ >= pace_.failures) {
    ready_ = false;
    lost("it does not answer within " + std::to_string(pace_.budget.count()) + " ms");
    link->close();
  }
  co_return reply;
}

void Session::erase_later(std::string key) {
  if (leftovers_.size() < kLeftovers) {
    leftovers_.insert(std::move(key));
  }
}

}  // namespace aisha::cache::redis
