// SPDX-License-Identifier: Apache-2.0
#include "tools/faultproxy/pipe.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tools/faultproxy/link.hpp"

namespace aisha::faultproxy {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t kChunk = 16U << 10U;
constexpr std::size_t kMaxWaiting = 256U << 10U;
/// A limited rate is kept by ten portions a second.
constexpr std::int64_t kPortionsPerSecond = 10;

/// How the next bytes are to be sent.
struct Pace {
  std::size_t most = SIZE_MAX;
  microseconds after{0};
};

Pace pace_of(Link& link, Stream stream) {
  Pace pace;
  if (const Toxic* slicer = link.struck_by(Toxic::Type::slicer, stream)) {
    const std::int64_t spread = std::min(slicer->number("size_variation"), slicer->number("average_size") - 1);
    std::uniform_int_distribution<std::int64_t> vary(-spread, spread);
    pace.most = static_cast<std::size_t>(slicer->number("average_size") + vary(link.random()));
    pace.after = microseconds(slicer->number("delay"));
  }
  if (const Toxic* bandwidth = link.struck_by(Toxic::Type::bandwidth, stream)) {
    const std::int64_t portion = std::max<std::int64_t>(bandwidth->number("rate") * 1'024 / kPortionsPerSecond, 1);
    pace.most = std::min(pace.most, static_cast<std::size_t>(portion));
    pace.after += microseconds(1'000'000 / kPortionsPerSecond * static_cast<std::int64_t>(pace.most) / portion);
  }
  return pace;
}

milliseconds delay_of(Link& link, Toxic::Type type, Stream stream) {
  const Toxic* toxic = link.struck_by(type, stream);
  if (toxic == nullptr) {
    return milliseconds(0);
  }
  if (type != Toxic::Type::latency) {
    return milliseconds(toxic->number("delay"));
  }
  std::uniform_int_distribution<std::int64_t> vary(-toxic->number("jitter"), toxic->number("jitter"));
  return milliseconds(std::max<std::int64_t>(toxic->number("latency") + vary(link.random()), 0));
}

}  // namespace

Pipe::Pipe(Link& link, Stream stream, Socket& from, Socket& to)
    : link_(link),
      stream_(stream),
      from_(from),
      to_(to),
      news_(from.get_executor()),
      room_(from.get_executor()),
      pace_(from.get_executor()) {}

void Pipe::wake() {
  news_.cancel();
  room_.cancel();
  pace_.cancel();
}

Task<void> Pipe::pause(asio::steady_timer& timer, Steady::time_point until) {
  timer.expires_at(until);
  error_code ec;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

Task<void> Pipe::read(std::shared_ptr<Link> link, Pipe& pipe) {
  co_await pipe.fill();
  (void)link;  // held until here
}

Task<void> Pipe::fill() {
  std::string buffer(kChunk, '\0');
  while (link_.open()) {
    if (waiting_ >= kMaxWaiting) {
      co_await pause(room_, Steady::time_point::max());
      continue;
    }
    error_code ec;
    const std::size_t size =
        co_await from_.async_read_some(asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, ec));
    Chunk chunk;
    chunk.bytes = buffer.substr(0, size);
    chunk.arrived = Steady::now();
    if (ec) {
      chunk.end = ec == asio::error::eof ? End::orderly : End::broken;
    }
    waiting_ += size;
    chunks_.push_back(std::move(chunk));
    news_.cancel();
    if (ec) {
      co_return;
    }
  }
}

Task<void> Pipe::write(std::shared_ptr<Link> link, Pipe& pipe) {
  while (link->open()) {
    if (pipe.chunks_.empty()) {
      co_await pipe.pause(pipe.news_, Steady::time_point::max());
      continue;
    }
    Chunk chunk = std::move(pipe.chunks_.front());
    pipe.chunks_.pop_front();
    pipe.waiting_ -= chunk.bytes.size();
    pipe.room_.cancel();
    if (chunk.end != End::none) {
      co_await pipe.finish(std::move(chunk));
      co_return;
    }
    co_await pipe.deliver(std::move(chunk));
  }
}

Task<void> Pipe::hold(Toxic::Type type, Steady::time_point since) {
  while (link_.open()) {
    const auto due = since + delay_of(link_, type, stream_);
    if (due <= Steady::now()) {
      break;
    }
    co_await pause(pace_, due);
    if (pace_.expiry() <= Steady::now()) {
      break;  // jitter is thrown once a chunk unless a toxic changed
    }
  }
}

Task<void> Pipe::deliver(Chunk chunk) {
  if (stream_ == Stream::upstream) {
    link_.witness(chunk.bytes);
  }
  co_await hold(Toxic::Type::latency, chunk.arrived);
  if (!link_.open()) {
    co_return;
  }
  const Link::Verdict verdict = link_.judge(stream_, chunk.bytes, passed_);
  if (verdict == Link::Verdict::sever) {
    link_.sever();
  } else if (verdict != Link::Verdict::swallow) {
    co_await send(std::move(chunk.bytes));
    if (verdict == Link::Verdict::last) {
      link_.close(false);
    }
  }
}

Task<void> Pipe::send(std::string bytes) {
  std::size_t at = 0;
  while (at < bytes.size() && link_.open()) {
    const Pace pace = pace_of(link_, stream_);
    const std::size_t size = std::min(pace.most, bytes.size() - at);
    error_code ec;
    co_await asio::async_write(to_, asio::buffer(bytes.data() + at, size),
                               asio::redirect_error(asio::use_awaitable, ec));
    if (ec) {
      // The other direction's reader learns of it too, unless the end was ours.
      break;
    }
    at += size;
    if (pace.after > microseconds(0)) {
      co_await pause(pace_, Steady::now() + pace.after);
    }
  }
}

Task<void> Pipe::finish(Chunk chunk) {
  co_await hold(Toxic::Type::latency, chunk.arrived);
  co_await hold(Toxic::Type::slow_close, Steady::now());
  if (link_.severed() && stream_ == Stream::upstream) {
    co_return;  // it was we who closed the client
  }
  if (chunk.end == End::broken) {
    link_.close(true);
    co_return;
  }
  const Toxic* held = link_.struck_by(Toxic::Type::timeout, stream_);
  if (held == nullptr) {
    error_code ignored;
    to_.shutdown(Socket::shutdown_send, ignored);
    link_.ended();
  }
}

}  // namespace aisha::faultproxy
