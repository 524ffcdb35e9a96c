// SPDX-License-Identifier: Apache-2.0
#include "http/client/curl_loop.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "http/client/peers.hpp"

namespace aisha::http {
namespace {

constexpr long kConnectionsPerHost = 64;
constexpr long kConnectionsKept = 64;
// One connection for nearly everything: a handshake costs more than the crowding of streams.
constexpr long kStreamsPerConnection = 100;
constexpr std::size_t kHandlesKept = 128;

}  // namespace

Easy::~Easy() {
  curl_easy_cleanup(curl);
  curl_slist_free_all(header_list);
}

CurlLoop::CurlLoop(Executor executor, Peers peers)
    : executor_(std::move(executor)), peers_(peers), multi_(curl_multi_init()), timer_(executor_) {
  if (multi_ == nullptr) {
    throw std::runtime_error("curl_multi_init failed");
  }
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsPerHost);
  curl_multi_setopt(multi_, CURLMOPT_MAX_CONCURRENT_STREAMS, kStreamsPerConnection);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kConnectionsKept);
}

CurlLoop::~CurlLoop() {
  idle_.clear();
  curl_multi_cleanup(multi_);  // closes the kept connections through on_close
  for (auto& [fd, socket] : sockets_) {
    socket->gone = true;
    if (socket->descriptor.is_open()) {
      socket->descriptor.release();
    }
  }
}

std::unique_ptr<Easy> CurlLoop::take() {
  if (!idle_.empty()) {
    auto easy = std::move(idle_.back());
    idle_.pop_back();
    easy->address_refused = false;
    return easy;
  }
  auto easy = std::make_unique<Easy>();
  easy->curl = curl_easy_init();
  if (easy->curl == nullptr) {
    throw std::runtime_error("curl_easy_init failed");
  }
  easy->loop = this;
  easy->only_public = peers_ == Peers::public_only;
  CURL* curl = easy->curl;
  curl_easy_setopt(curl, CURLOPT_PRIVATE, easy.get());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  // curl keeps the parsed certificates between connections only when they come from one file: without the folder a new
  // connection costs 20 ms less.
  curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
  // A path that is signed has to arrive as it was signed.
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &CurlLoop::on_open);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, easy.get());
  curl_easy_setopt(curl, CURLOPT_CLOSESOCKETFUNCTION, &CurlLoop::on_close);
  curl_easy_setopt(curl, CURLOPT_CLOSESOCKETDATA, this);
  return easy;
}

void CurlLoop::start(Easy& easy, TransferEvents& owner) {
  easy.owner = &owner;
  if (curl_multi_add_handle(multi_, easy.curl) != CURLM_OK) {
    easy.owner = nullptr;
    throw std::runtime_error("curl_multi_add_handle failed");
  }
  running_.insert(&easy);
}

void CurlLoop::end_waits(std::chrono::steady_clock::time_point before) {
  std::vector<Easy*> ending;
  std::ranges::copy_if(running_, std::back_inserter(ending),
                       [before](const Easy* easy) { return easy->owner->may_end(before); });
  for (Easy* easy : ending) {
    TransferEvents* owner = std::exchange(easy->owner, nullptr);
    running_.erase(easy);
    curl_multi_remove_handle(multi_, easy->curl);
    owner->done(CURLE_OPERATION_TIMEDOUT);
  }
}

void CurlLoop::release(std::unique_ptr<Easy> easy) {
  if (easy->owner != nullptr) {
    easy->owner = nullptr;
    running_.erase(easy.get());
    curl_multi_remove_handle(multi_, easy->curl);
  }
  if (idle_.size() < kHandlesKept) {
    idle_.push_back(std::move(easy));
  }
}

curl_socket_t CurlLoop::on_open(void* data, curlsocktype purpose, curl_sockaddr* address) {
  auto& easy = *static_cast<Easy*>(data);
  if (easy.only_public && (purpose != CURLSOCKTYPE_IPCXN || !is_public_address(address->addr))) {
    easy.address_refused = true;
    return CURL_SOCKET_BAD;
  }
  const int fd = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (fd < 0) {
    return CURL_SOCKET_BAD;
  }
  if (purpose == CURLSOCKTYPE_IPCXN && (address->family == AF_INET || address->family == AF_INET6)) {
    watch_peer(fd);
  }
  try {
    easy.loop->take_over(fd).kept = true;
  } catch (const std::exception&) {  // the C code in between cannot carry an exception
    ::close(fd);
    return CURL_SOCKET_BAD;
  }
  return fd;
}

CurlLoop::Socket& CurlLoop::take_over(curl_socket_t fd) {
  return *sockets_.insert_or_assign(fd, std::make_shared<Socket>(executor_, fd)).first->second;
}

int CurlLoop::on_close(void* data, curl_socket_t fd) {
  static_cast<CurlLoop*>(data)->drop(fd);
  return ::close(fd);
}

void CurlLoop::drop(curl_socket_t fd) {
  const auto found = sockets_.find(fd);
  if (found == sockets_.end()) {
    return;
  }
  found->second->gone = true;
  found->second->descriptor.release();  // ends the waits and leaves the number to its owner
  sockets_.erase(found);
}

int CurlLoop::on_socket(CURL*, curl_socket_t fd, int what, void* data, void*) {
  auto& self = *static_cast<CurlLoop*>(data);
  auto found = self.sockets_.find(fd);
  if (what == CURL_POLL_REMOVE) {
    if (found != self.sockets_.end()) {
      found->second->wanted = 0;
      if (!found->second->kept) {
        self.drop(fd);
      }
    }
    return 0;
  }
  if (found == self.sockets_.end()) {
    // Not a connection of ours but the resolver's wake-up pipe: curl closes it without telling, so it is let go as soon
    // as curl stops watching it.
    self.take_over(fd);
    found = self.sockets_.find(fd);
  }
  found->second->wanted = what;
  self.arm(found->second, fd);
  return 0;
}

void CurlLoop::arm(const std::shared_ptr<Socket>& socket, curl_socket_t fd) {
  if ((socket->wanted & CURL_POLL_IN) != 0 && !socket->reading) {
    wait_for(socket, fd, true);
  }
  if ((socket->wanted & CURL_POLL_OUT) != 0 && !socket->writing) {
    wait_for(socket, fd, false);
  }
}

void CurlLoop::wait_for(const std::shared_ptr<Socket>& socket, curl_socket_t fd, bool read) {
  using Descriptor = boost::asio::posix::stream_descriptor;
  (read ? socket->reading : socket->writing) = true;
  socket->descriptor.async_wait(
      read ? Descriptor::wait_read : Descriptor::wait_write,
      [weak = weak_from_this(), socket, fd, read](const boost::system::error_code& ec) {
        (read ? socket->reading : socket->writing) = false;
        const auto self = weak.lock();
        if (!self || socket->gone || (socket->wanted & (read ? CURL_POLL_IN : CURL_POLL_OUT)) == 0) {
          return;  // nobody waits any more; the next wish arms again
        }
        self->act(fd, ec ? CURL_CSELECT_ERR : (read ? CURL_CSELECT_IN : CURL_CSELECT_OUT));
        if (!socket->gone && !ec) {
          self->arm(socket, fd);
        }
      });
}

int CurlLoop::on_timer(CURLM*, long ms, void* self) {
  static_cast<CurlLoop*>(self)->set_due(ms);
  return 0;
}

void CurlLoop::set_due(long ms) {
  if (ms < 0) {
    due_ = Clock::time_point::max();
    return;
  }
  due_ = Clock::now() + std::chrono::milliseconds(ms);
  if (ms > 0) {
    // Most timeouts are moved on before they are due: the timer is only touched when it would ring too late.
    if (due_ < armed_) {
      arm_timer(due_);
    }
    return;
  }
  // "Now": curl must not be entered from its own callback.
  if (!kicked_) {
    kicked_ = true;
    boost::asio::post(executor_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) {
        self->kicked_ = false;
        self->act(CURL_SOCKET_TIMEOUT, 0);
      }
    });
  }
}

void CurlLoop::arm_timer(Clock::time_point when) {
  armed_ = when;
  timer_.expires_at(when);
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& ec) {
    if (const auto self = weak.lock(); self && !ec) {
      self->timer_fired();
    }
  });
}

void CurlLoop::timer_fired() {
  armed_ = Clock::time_point::max();
  if (due_ == Clock::time_point::max()) {
    return;
  }
  if (Clock::now() < due_) {
    arm_timer(due_);
    return;
  }
  due_ = Clock::time_point::max();
  act(CURL_SOCKET_TIMEOUT, 0);
  // By curl's own clock it may have been a moment too early; curl does not tell the same time twice.
  long ms = -1;
  if (due_ == Clock::time_point::max() && curl_multi_timeout(multi_, &ms) == CURLM_OK && ms >= 0) {
    set_due(std::max(ms, 1L));
  }
}

void CurlLoop::act(curl_socket_t fd, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, fd, events, &running);
  int left = 0;
  while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) {
      continue;
    }
    const CURLcode code = message->data.result;
    CURL* curl = message->easy_handle;
    Easy* easy = nullptr;
    curl_easy_getinfo(curl, CURLINFO_PRIVATE, &easy);
    TransferEvents* owner = std::exchange(easy->owner, nullptr);
    running_.erase(easy);
    curl_multi_remove_handle(multi_, curl);
    owner->done(code);
  }
}

}  // namespace aisha::http
