// SPDX-License-Identifier: Apache-2.0
#include "sandbox/feed.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/sim_routes.hpp"
#include "tests/fakes/loop.hpp"

namespace aisha::sandbox {
namespace {

constexpr int kEvents = 1'000;

/// A peer that is slow enough for something to happen while it is being written to.
class BusyPeer final : public http::BodyStream {
 public:
  explicit BusyPeer(Hub& hub) : hub_(hub) {}

  Task<bool> write(std::string chunk) override {
    co_await boost::asio::post(hub_.executor, boost::asio::use_awaitable);
    received += chunk;
    if (published < kEvents) {
      const json::Object event{{"type", "call"}, {"n", ++published}};
      hub_.feed.publish({event});
    }
    co_await boost::asio::post(hub_.executor, boost::asio::use_awaitable);
    co_return true;
  }

  int published = 0;
  std::string received;

 private:
  Hub& hub_;
};

class EventStream : public ::testing::Test {
 protected:
  EventStream()
      : clock_(base_),
        files_({}),
        world_(telegram::WorldOptions{}, [] { return std::int64_t{1'790'000'000'000}; }),
        hub_(loop_.executor(), world_, clock_, faults_, files_) {
    add_chat_routes(router_, hub_);
  }

  http::ServerResponse open() {
    http::ServerRequest request;
    request.method = "GET";
    request.path = "/sim/events";
    return loop_.run(router_.route(std::move(request)));
  }

  fakes::Loop loop_;
  SystemClock base_{loop_.executor()};
  SandboxClock clock_;
  Faults faults_;
  fal::FileStore files_;
  telegram::World world_;
  Hub hub_;
  http::Router router_;
};

// Only what is ready runs: an event that slept until the heartbeat would never come.
TEST_F(EventStream, TellsAtOnceWhatWasPublishedWhileItWrote) {
  BusyPeer peer(hub_);
  const http::ServerResponse answer = open();
  boost::asio::co_spawn(loop_.io(), answer.stream(peer), boost::asio::detached);
  loop_.poll();
  hub_.feed.close();
  loop_.poll();
  int told = 0;
  while (told < kEvents && peer.received.find("\"n\":" + std::to_string(told + 1) + "}") != std::string::npos) {
    ++told;
  }
  EXPECT_EQ(told, kEvents);
}

}  // namespace
}  // namespace aisha::sandbox
