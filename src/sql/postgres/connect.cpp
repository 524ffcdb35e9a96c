// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/connect.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "sql/database.hpp"

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

/// Nothing = connected; else why not. It returns a refusal instead of throwing it: `||` goes on waiting for the other
/// side when one throws, which here would be the whole timeout.
Task<std::string> handshake(Executor loop, PGconn* pg) {
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (next != PGRES_POLLING_OK) {
    // The socket may be another one after each step (several hosts, several addresses).
    Descriptor descriptor(loop, PQsocket(pg));
    const auto direction = next == PGRES_POLLING_READING ? Descriptor::wait_read : Descriptor::wait_write;
    boost::system::error_code error;
    co_await descriptor.async_wait(direction, asio::redirect_error(asio::use_awaitable, error));
    // libpq owns the socket.
    descriptor.release();
    if (error) {
      co_return error.message();
    }
    next = PQconnectPoll(pg);
    if (next == PGRES_POLLING_FAILED) {
      co_return last_message(pg);
    }
  }
  co_return std::string();
}

}  // namespace

std::string last_message(const PGconn* pg) {
  const std::string text = PQerrorMessage(pg);
  const std::string line = text.substr(0, text.find('\n'));
  return line.empty() ? "the connection was lost" : line;
}

Task<PgPtr> connect(Executor loop, std::string conninfo, Millis timeout) {
  using namespace asio::experimental::awaitable_operators;
  PgPtr pg(PQconnectStart(conninfo.c_str()));
  if (!pg || PQstatus(pg.get()) == CONNECTION_BAD) {
    throw Outage(Errc::unavailable, last_message(pg.get()));
  }
  PQsetNoticeProcessor(pg.get(), [](void*, const char*) {}, nullptr);
  asio::steady_timer timer(loop, timeout);
  const auto first = co_await (handshake(loop, pg.get()) || timer.async_wait(asio::use_awaitable));
  const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) {
    // Nobody waits any more: that says nothing about the server.
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  if (first.index() == 1) {
    throw Outage(Errc::unavailable, "the server does not answer");
  }
  if (const std::string& refusal = std::get<0>(first); !refusal.empty()) {
    throw Outage(Errc::unavailable, refusal);
  }
  if (PQsetnonblocking(pg.get(), 1) != 0) {
    throw Outage(Errc::unavailable, last_message(pg.get()));
  }
  co_return pg;
}

}  // namespace aisha::sql::postgres
