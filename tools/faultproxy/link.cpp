// SPDX-License-Identifier: Apache-2.0
#include "tools/faultproxy/link.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::faultproxy {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
using Type = Toxic::Type;

/// Time that the server has to finish what a client was cut off from.
constexpr std::chrono::milliseconds kAftermath{1'000};

void shut(Link::Socket& socket, bool reset) {
  error_code ignored;
  if (reset) {
    // An unfinished linger of zero makes the kernel send RST.
    socket.set_option(asio::socket_base::linger(true, 0), ignored);
  }
  socket.close(ignored);
}

bool ends_link(Type type) {
  return type == Type::timeout || type == Type::reset_peer;
}

void invert(std::string& bytes, std::int64_t passed, std::int64_t every) {
  for (std::int64_t at = (every - passed % every) % every; at < std::ssize(bytes); at += every) {
    char& byte = bytes[static_cast<std::size_t>(at)];
    byte = static_cast<char>(~byte);
  }
}

}  // namespace

Link::Link(Socket client, std::shared_ptr<Toxics> toxics, std::uint64_t seed)
    : client_(std::move(client)),
      server_(client_.get_executor()),
      toxics_(std::move(toxics)),
      random_(seed),
      end_(client_.get_executor()),
      up_(*this, Stream::upstream, client_, server_),
      down_(*this, Stream::downstream, server_, client_) {}

void Link::start(asio::ip::tcp::endpoint upstream) {
  asio::co_spawn(client_.get_executor(), connect(shared_from_this(), upstream), asio::detached);
}

Task<void> Link::connect(std::shared_ptr<Link> self, asio::ip::tcp::endpoint upstream) {
  error_code ec;
  co_await self->server_.async_connect(upstream, asio::redirect_error(asio::use_awaitable, ec));
  if (ec || !self->open_) {
    self->close(false);
    co_return;
  }
  error_code ignored;
  self->client_.set_option(asio::ip::tcp::no_delay(true), ignored);
  self->server_.set_option(asio::ip::tcp::no_delay(true), ignored);
  const Executor executor = self->client_.get_executor();
  for (Pipe* pipe : {&self->up_, &self->down_}) {
    asio::co_spawn(executor, Pipe::read(self, *pipe), asio::detached);
    asio::co_spawn(executor, Pipe::write(self, *pipe), asio::detached);
  }
  self->arm();
}

void Link::ended() {
  if (++ends_ == 2) {
    close(false);
  }
}

void Link::close(bool reset) {
  if (!open_) {
    return;
  }
  open_ = false;
  end_.cancel();
  shut(client_, reset);
  shut(server_, reset);
  up_.wake();
  down_.wake();
}

void Link::sever() {
  severed_ = true;
  shut(client_, false);
  ender_ = 0;
  end_.expires_after(kAftermath);
  asio::co_spawn(end_.get_executor(), end_later(shared_from_this()), asio::detached);
}

void Link::refresh() {
  const bool gone = ender_ != 0 && std::ranges::find(*toxics_, ender_, &Toxic::id) == toxics_->end();
  if (gone) {
    // As Toxiproxy does: bytes were lost on this connection, it can't go on.
    close(false);
    return;
  }
  up_.wake();
  down_.wake();
  arm();
}

void Link::arm() {
  if (ender_ != 0 || severed_) {
    return;
  }
  for (Toxic& toxic : *toxics_) {
    if (!ends_link(toxic.type) || !strikes(toxic)) {
      continue;
    }
    ender_ = toxic.id;
    const std::int64_t after = toxic.number("timeout");
    if (toxic.type == Type::reset_peer || after > 0) {
      end_.expires_after(std::chrono::milliseconds(after));
      asio::co_spawn(end_.get_executor(), end_later(shared_from_this()), asio::detached);
    }
    return;
  }
}

Task<void> Link::end_later(std::shared_ptr<Link> self) {
  error_code ec;
  co_await self->end_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  if (ec) {
    co_return;
  }
  const auto toxic = std::ranges::find(*self->toxics_, self->ender_, &Toxic::id);
  self->close(toxic != self->toxics_->end() && toxic->type == Type::reset_peer);
}

Link::Fate& Link::fate_of(const Toxic& toxic) {
  const auto [found, fresh] = fates_.try_emplace(toxic.id);
  if (fresh) {
    found->second.immune = std::uniform_real_distribution<double>(0, 1)(random_) >= toxic.toxicity;
    found->second.awake = toxic.match.empty();
  }
  return found->second;
}

bool Link::strikes(Toxic& toxic) {
  Fate& fate = fate_of(toxic);
  if (fate.immune || !fate.awake) {
    return false;
  }
  if (!fate.struck) {
    if (toxic.times > 0 && toxic.struck >= toxic.times) {
      fate.immune = true;
      return false;
    }
    fate.struck = true;
    ++toxic.struck;
  }
  return true;
}

const Toxic* Link::struck_by(Type type, Stream stream) {
  const auto found = std::ranges::find_if(
      *toxics_, [&](Toxic& toxic) { return toxic.type == type && toxic.stream == stream && strikes(toxic); });
  return found == toxics_->end() ? nullptr : &*found;
}

void Link::witness(std::string_view from_client) {
  tail_ += from_client;
  for (const Toxic& toxic : *toxics_) {
    Fate& fate = fate_of(toxic);
    fate.awake = fate.awake || tail_.contains(toxic.match);
  }
  tail_.erase(0, tail_.size() - std::min(tail_.size(), kMaxMatch - 1));
  arm();
}

Link::Verdict Link::judge(Stream stream, std::string& bytes, std::int64_t& passed) {
  const bool to_severed = severed_ && stream == Stream::downstream;
  if (to_severed || struck_by(Type::timeout, stream) != nullptr || struck_by(Type::reset_peer, stream) != nullptr) {
    return Verdict::swallow;
  }
  if (stream == Stream::downstream && struck_by(Type::drop_response, stream) != nullptr) {
    return Verdict::sever;
  }
  if (const Toxic* corrupt = struck_by(Type::corrupt, stream)) {
    invert(bytes, passed, corrupt->number("every"));
  }
  Verdict verdict = Verdict::pass;
  if (const Toxic* limit = struck_by(Type::limit_data, stream)) {
    const std::int64_t left = std::max<std::int64_t>(limit->number("bytes") - passed, 0);
    if (std::ssize(bytes) >= left) {
      bytes.resize(static_cast<std::size_t>(left));
      verdict = Verdict::last;
    }
  }
  passed += std::ssize(bytes);
  return verdict;
}

}  // namespace aisha::faultproxy
