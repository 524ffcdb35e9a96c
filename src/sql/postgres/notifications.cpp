// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/notifications.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "base/backoff.hpp"
#include "base/log.hpp"
#include "base/rng.hpp"
#include "sql/database.hpp"
#include "sql/postgres/connect.hpp"
#include "sql/postgres/conninfo.hpp"

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;
using Steady = std::chrono::steady_clock;

constexpr Millis kConnectTimeout{5'000};
constexpr Millis kFirstPause{100};

std::string literal(PGconn* pg, const std::string& text) {
  const std::unique_ptr<char, decltype(&PQfreemem)> quoted(PQescapeLiteral(pg, text.c_str(), text.size()), PQfreemem);
  return quoted ? quoted.get() : "''";
}

std::string identifier(PGconn* pg, const std::string& text) {
  const std::unique_ptr<char, decltype(&PQfreemem)> quoted(PQescapeIdentifier(pg, text.c_str(), text.size()),
                                                           PQfreemem);
  return quoted ? quoted.get() : "";
}

/// One connection after another. Each carries one statement at a time: LISTEN, what is to be told, or a sign of life.
class Line : public std::enable_shared_from_this<Line> {
 public:
  Line(const Options& options, HintTimes times, Executor loop, Heard heard)
      : conninfo_(conninfo_of(options, Access::read_write)),
        channel_(options.schema + "_hints"),
        times_(times),
        loop_(std::move(loop)),
        heard_(std::move(heard)),
        bell_(loop_) {}

  void start() {
    auto slot = asio::bind_cancellation_slot(stop_.slot(), [self = shared_from_this()](std::exception_ptr) {});
    asio::co_spawn(loop_, run(), std::move(slot));
  }

  void stop() {
    heard_ = nullptr;
    stop_.emit(asio::cancellation_type::terminal);
  }

  void tell(std::string_view topic) {
    if (connected_) {
      untold_.emplace(topic);
      bell_.cancel();
    }
  }

 private:
  /// Ends by cancellation only.
  Task<void> run() {
    for (int failures = 0;; ++failures) {
      std::string reason;
      try {
        PgPtr pg = co_await connect(loop_, conninfo_, kConnectTimeout);
        co_await serve(pg.get(), failures);
        reason = lost_reason_;
      } catch (const Outage& refusal) {
        reason = refusal.what();
      }
      connected_ = false;
      untold_.clear();
      log::debug("no hints from other processes: {}", reason);
      co_await pause(failures);
    }
  }

  Task<void> pause(int failures) {
    bell_.expires_after(jittered(rng_, doubled(kFirstPause, failures, times_.slowest_retry)));
    co_await bell_.async_wait(asio::use_awaitable);
  }

  /// Returns when the connection is of no more use.
  Task<void> serve(PGconn* pg, int& failures) {
    using namespace asio::experimental::awaitable_operators;
    Descriptor descriptor(loop_, PQsocket(pg));
    // libpq owns the socket.
    const std::unique_ptr<Descriptor, void (*)(Descriptor*)> kept(&descriptor, [](Descriptor* d) { d->release(); });
    bool alive = say(pg, "LISTEN " + identifier(pg, channel_));
    while (alive) {
      bell_.expires_at(next_look());
      auto readable = descriptor.async_wait(Descriptor::wait_read, asio::as_tuple(asio::use_awaitable));
      auto due = bell_.async_wait(asio::as_tuple(asio::use_awaitable));
      co_await (std::move(readable) || std::move(due));
      const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
      if (state.cancelled() != asio::cancellation_type::none) {
        break;
      }
      alive = take(pg, failures) && speak(pg);
    }
    if (lost_reason_.empty()) {
      lost_reason_ = last_message(pg);
    }
  }

  Steady::time_point next_look() const {
    if (asked_) {
      return *asked_ + times_.patience;
    }
    return untold_.empty() ? last_sign_ + times_.heartbeat : last_told_ + times_.gap;
  }

  bool say(PGconn* pg, const std::string& sql) {
    asked_ = Steady::now();
    lost_reason_.clear();
    // A few hundred bytes into an empty socket buffer; where even that blocks, the answer will not come either.
    return PQsendQuery(pg, sql.c_str()) == 1 && PQflush(pg) >= 0;
  }

  /// Answers and notifications that have come.
  bool take(PGconn* pg, int& failures) {
    if (PQconsumeInput(pg) != 1) {
      return false;
    }
    while (asked_ && PQisBusy(pg) == 0) {
      const ResultPtr result(PQgetResult(pg));
      if (!result) {
        asked_.reset();
        last_sign_ = Steady::now();
        failures = 0;
        if (!std::exchange(connected_, true)) {
          hear("");
        }
      } else if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) {
        return false;
      }
    }
    struct Free {
      void operator()(PGnotify* told) const { PQfreemem(told); }
    };
    while (const auto told = std::unique_ptr<PGnotify, Free>(PQnotifies(pg))) {
      last_sign_ = Steady::now();
      if (told->be_pid != PQbackendPID(pg)) {
        hear(told->extra);
      }
    }
    return PQstatus(pg) == CONNECTION_OK;
  }

  /// Says what is due; false when an answer has been owed for too long.
  bool speak(PGconn* pg) {
    const auto now = Steady::now();
    if (asked_) {
      if (now >= *asked_ + times_.patience) {
        lost_reason_ = "the server is silent";
        return false;
      }
      return true;
    }
    if (!untold_.empty() && now >= last_told_ + times_.gap) {
      last_told_ = now;
      return say(pg, telling(pg));
    }
    return now < last_sign_ + times_.heartbeat || say(pg, "SELECT 1");
  }

  std::string telling(PGconn* pg) {
    std::string sql = "SELECT";
    for (const std::string& topic : untold_) {
      sql +=
          fmt::format("{} pg_notify({}, {})", sql.ends_with(')') ? "," : "", literal(pg, channel_), literal(pg, topic));
    }
    untold_.clear();
    return sql;
  }

  void hear(const std::string& topic) {
    if (heard_) {
      heard_(topic);
    }
  }

  std::string conninfo_;
  std::string channel_;
  HintTimes times_;
  Executor loop_;
  SystemRng rng_;
  Heard heard_;
  asio::steady_timer bell_;
  asio::cancellation_signal stop_;

  bool connected_ = false;
  std::set<std::string> untold_;
  std::optional<Steady::time_point> asked_;
  Steady::time_point last_sign_{};
  Steady::time_point last_told_{};
  std::string lost_reason_;
};

class ListeningHints final : public Hints {
 public:
  explicit ListeningHints(std::shared_ptr<Line> line) : line_(std::move(line)) { line_->start(); }
  ~ListeningHints() override { line_->stop(); }
  void tell(std::string_view topic) override { line_->tell(topic); }

 private:
  std::shared_ptr<Line> line_;  // shared with its coroutine, which ends a little later
};

}  // namespace

std::unique_ptr<Hints> share_hints(const Options& options, HintTimes times, Executor loop, Heard heard) {
  return std::make_unique<ListeningHints>(std::make_shared<Line>(options, times, std::move(loop), std::move(heard)));
}

}  // namespace aisha::sql::postgres
