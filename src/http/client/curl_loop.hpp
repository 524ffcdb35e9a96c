// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <curl/curl.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/client/client.hpp"

/// Private to src/http: only client.cpp and curl_loop.cpp include it.
namespace aisha::http {

/// What one easy handle reports to. Lives at least until `done` or CurlLoop::release.
class TransferEvents {
 public:
  virtual ~TransferEvents() = default;
  virtual void done(CURLcode code) = 0;
  /// Whether it may end without an answer: it waits since before that moment and does no harm when repeated.
  virtual bool may_end(std::chrono::steady_clock::time_point moment) const = 0;
};

class CurlLoop;

/// An easy handle with the state of its last use, so that an option that stays the same is not set again.
struct Easy {
  CURL* curl = nullptr;
  CurlLoop* loop = nullptr;
  TransferEvents* owner = nullptr;
  curl_slist* header_list = nullptr;
  std::vector<Header> headers;
  bool asked_first = false;
  bool address_refused = false;  ///< a resolved address was not public
  bool only_public = false;

  Easy() = default;
  Easy(const Easy&) = delete;
  Easy& operator=(const Easy&) = delete;
  ~Easy();
};

/// One curl multi handle driven by Asio: sockets and timer. It owns the sockets' lives (open and close callbacks), so
/// that a kept connection stays registered with epoll between two requests.
class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
 public:
  CurlLoop(Executor executor, Peers peers);
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;
  ~CurlLoop();

  /// A handle from the pool, with the options set that never change.
  std::unique_ptr<Easy> take();
  void start(Easy& easy, TransferEvents& owner);
  /// Aborts the transfer when it still runs, and pools the handle.
  void release(std::unique_ptr<Easy> easy);
  /// Ends what may end (TransferEvents) as timed out.
  void end_waits(std::chrono::steady_clock::time_point before);
  const Executor& executor() const { return executor_; }

 private:
  struct Socket {
    explicit Socket(const Executor& executor, curl_socket_t fd) : descriptor(executor, fd) {}
    boost::asio::posix::stream_descriptor descriptor;
    int wanted = 0;
    bool kept = false;  ///< opened through our callback: stays registered until closed
    bool gone = false;
    bool reading = false;
    bool writing = false;
  };
  using Clock = std::chrono::steady_clock;

  static int on_socket(CURL*, curl_socket_t fd, int what, void* self, void*);
  static int on_timer(CURLM*, long ms, void* self);
  static curl_socket_t on_open(void* easy, curlsocktype purpose, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t fd);

  Socket& take_over(curl_socket_t fd);
  void drop(curl_socket_t fd);
  void arm(const std::shared_ptr<Socket>& socket, curl_socket_t fd);
  void wait_for(const std::shared_ptr<Socket>& socket, curl_socket_t fd, bool read);
  void set_due(long ms);
  void arm_timer(Clock::time_point when);
  void timer_fired();
  void act(curl_socket_t fd, int events);

  Executor executor_;
  Peers peers_;
  CURLM* multi_;
  boost::asio::steady_timer timer_;
  Clock::time_point due_ = Clock::time_point::max();
  Clock::time_point armed_ = Clock::time_point::max();
  bool kicked_ = false;
  std::unordered_map<curl_socket_t, std::shared_ptr<Socket>> sockets_;
  std::vector<std::unique_ptr<Easy>> idle_;
  std::set<Easy*> running_;
};

}  // namespace aisha::http
