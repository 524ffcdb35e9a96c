// SPDX-License-Identifier: Apache-2.0
// The one file that knows hiredis, and only what 0.14 and 1.2 have in common: RESP2, five hooks, no timeouts.
#include "cache/redis/link.hpp"

#include <fcntl.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace aisha::cache::redis {
namespace {

namespace asio = boost::asio;

Reply reply_of(const redisReply& raw) {
  Reply out;
  switch (raw.type) {
    case REDIS_REPLY_NIL: break;
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      out.kind = Reply::Kind::text;
      out.text.assign(raw.str, raw.len);
      break;
    case REDIS_REPLY_INTEGER:
      out.kind = Reply::Kind::number;
      out.number = raw.integer;
      break;
    case REDIS_REPLY_ERROR:
      out.kind = Reply::Kind::refused;
      out.text.assign(raw.str, raw.len);
      break;
    default: out.kind = Reply::Kind::other; break;
  }
  return out;
}

/// A command on its way: its timer is both the budget and the bell.
struct Call {
  explicit Call(const Executor& loop, Millis budget) : bell(loop, budget) {}
  void ring() {
    over = true;
    bell.cancel();
  }

  asio::steady_timer bell;
  bool over = false;
  std::optional<Reply> reply;
};

class HiredisLink final : public Link, public std::enable_shared_from_this<HiredisLink> {
 public:
  explicit HiredisLink(const Executor& loop)
      : loop_(loop), descriptor_(loop), ended_(loop, asio::steady_timer::time_point::max()) {}
  ~HiredisLink() override { close(); }

  bool connect(const std::string& ip, std::uint16_t port);
  Task<std::optional<Reply>> ask(std::vector<std::string> words, Millis budget) override;
  void close() override;
  Task<void> ended() override;

 private:
  static HiredisLink& of(void* data) { return *static_cast<HiredisLink*>(data); }
  static void on_reply(redisAsyncContext* context, void* raw, void* data);
  void hook();
  void wait_readable();
  void wait_writable();
  void cleaned();

  Executor loop_;
  asio::posix::stream_descriptor descriptor_;  ///< hiredis owns the socket and closes it
  asio::steady_timer ended_;
  redisAsyncContext* context_ = nullptr;  ///< null once hiredis has freed it
  std::size_t unanswered_ = 0;
  bool want_read_ = false;
  bool want_write_ = false;
  bool reading_ = false;
  bool writing_ = false;
};

bool HiredisLink::connect(const std::string& ip, std::uint16_t port) {
  context_ = redisAsyncConnect(ip.c_str(), port);
  if (context_ == nullptr) {
    return false;
  }
  if (context_->err != 0) {
    redisAsyncFree(std::exchange(context_, nullptr));
    return false;
  }
  // A child process must not inherit the connection; hiredis does not ask for that.
  ::fcntl(context_->c.fd, F_SETFD, FD_CLOEXEC);
  descriptor_.assign(context_->c.fd);
  hook();
  return true;
}

void HiredisLink::hook() {
  auto& hooks = context_->ev;
  hooks.data = this;
  hooks.addRead = [](void* data) {
    of(data).want_read_ = true;
    of(data).wait_readable();
  };
  hooks.delRead = [](void* data) { of(data).want_read_ = false; };
  hooks.addWrite = [](void* data) {
    of(data).want_write_ = true;
    of(data).wait_writable();
  };
  hooks.delWrite = [](void* data) { of(data).want_write_ = false; };
  hooks.cleanup = [](void* data) { of(data).cleaned(); };
}

// Each end of a context comes through here, before hiredis closes the socket.
void HiredisLink::cleaned() {
  context_ = nullptr;
  want_read_ = want_write_ = false;
  descriptor_.release();
  ended_.cancel();
}

void HiredisLink::wait_readable() {
  if (reading_ || !want_read_) {
    return;
  }
  reading_ = true;
  descriptor_.async_wait(asio::posix::stream_descriptor::wait_read,
                         [self = shared_from_this()](boost::system::error_code) {
                           self->reading_ = false;
                           if (self->context_ == nullptr || !self->want_read_) {
                             return;
                           }
                           // Nobody asked: the server hangs up, or says what would end the whole process (on_reply).
                           if (self->unanswered_ == 0) {
                             self->close();
                             return;
                           }
                           redisAsyncHandleRead(self->context_);
                           self->wait_readable();
                         });
}

void HiredisLink::wait_writable() {
  if (writing_ || !want_write_) {
    return;
  }
  writing_ = true;
  descriptor_.async_wait(asio::posix::stream_descriptor::wait_write,
                         [self = shared_from_this()](boost::system::error_code) {
                           self->writing_ = false;
                           if (self->context_ != nullptr && self->want_write_) {
                             redisAsyncHandleWrite(self->context_);
                             self->wait_writable();
                           }
                         });
}

void HiredisLink::on_reply(redisAsyncContext* context, void* raw, void* data) {
  const std::unique_ptr<std::shared_ptr<Call>> call(static_cast<std::shared_ptr<Call>*>(data));
  if (raw != nullptr) {
    (*call)->reply = reply_of(*static_cast<const redisReply*>(raw));
  }
  (*call)->ring();
  HiredisLink& self = of(context->ev.data);
  --self.unanswered_;
  // hiredis ends the whole process at an answer nobody asked for; a server that lies so is left instead.
  if (raw != nullptr && self.unanswered_ == 0 && context->c.reader->pos < context->c.reader->len) {
    self.close();
  }
}

Task<std::optional<Reply>> HiredisLink::ask(std::vector<std::string> words, Millis budget) {
  const auto self = shared_from_this();
  if (context_ == nullptr) {
    co_return std::nullopt;
  }
  std::vector<const char*> starts;
  std::vector<std::size_t> lengths;
  for (const std::string& word : words) {
    starts.push_back(word.data());
    lengths.push_back(word.size());
  }
  const auto call = std::make_shared<Call>(loop_, budget);
  auto handed = std::make_unique<std::shared_ptr<Call>>(call);
  if (redisAsyncCommandArgv(context_, &HiredisLink::on_reply, handed.get(), static_cast<int>(words.size()),
                            starts.data(), lengths.data()) != REDIS_OK) {
    co_return std::nullopt;
  }
  static_cast<void>(handed.release());  // on_reply is called exactly once, at the latest when the context ends
  ++unanswered_;
  if (!call->over) {
    co_await call->bell.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return std::move(call->reply);
}

void HiredisLink::close() {
  if (context_ != nullptr) {
    redisAsyncFree(context_);
  }
}

Task<void> HiredisLink::ended() {
  const auto self = shared_from_this();
  while (context_ != nullptr) {
    co_await ended_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

}  // namespace

std::shared_ptr<Link> open_link(Executor loop, const std::string& ip, std::uint16_t port) {
  auto link = std::make_shared<HiredisLink>(loop);
  return link->connect(ip, port) ? link : nullptr;
}

}  // namespace aisha::cache::redis
