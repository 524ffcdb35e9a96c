// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/connection.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <deque>

#include "sql/postgres/connect.hpp"
#include "sql/postgres/prepared.hpp"

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;
using Descriptor = asio::posix::stream_descriptor;

/// What libpq still has to answer: a job, or the preparation of a statement before it.
struct Awaited {
  std::unique_ptr<Job> job;
  PreparedStatements::Entry* prepared = nullptr;
  std::size_t next = 0;      ///< command whose results come now
  bool has_prelude = false;  ///< results of the prelude come first
};

std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
    text.pop_back();
  }
  const auto end = text.find('\n');
  return end == std::string::npos ? text : text.substr(0, end);
}

Failure failure_of(const PGresult* result, std::size_t index) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return {state == nullptr ? "" : state, one_line(message == nullptr ? PQresultErrorMessage(result) : message), index};
}

class PipelinedConnection final : public Connection, public std::enable_shared_from_this<PipelinedConnection> {
 public:
  PipelinedConnection(Executor loop, PgPtr pg, Millis silence, Pooled pooled)
      : pg_(std::move(pg)),
        descriptor_(loop, PQsocket(pg_.get())),
        patience_(silence),
        silence_(loop),
        pooled_(std::move(pooled)) {}

  ~PipelinedConnection() override {
    // libpq owns the socket.
    descriptor_.release();
  }

  void submit(std::unique_ptr<Job> job) override {
    if (lost_) {
      awaited_.push_back({std::move(job), nullptr, 0, false});
      fail_all();
      return;
    }
    const bool has_prelude = is_pooled() && !is_bracket(job->commands.front().statement.text.c_str());
    bool sent = is_pooled() ? send_unprepared(job->commands, has_prelude) : send_prepared(job->commands);
    sent = sent && PQpipelineSync(pg_.get()) == 1;
    awaited_.push_back({std::move(job), nullptr, 0, has_prelude});
    ++load_;
    if (!sent) {
      lose();
      return;
    }
    flush();
    wait_for_answers();
  }

  std::size_t load() const override { return load_; }

  bool usable() override {
    if (lost_ || retired_) {
      return false;
    }
    char byte = 0;
    const auto peeked = awaited_.empty() ? ::recv(PQsocket(pg_.get()), &byte, 1, MSG_PEEK | MSG_DONTWAIT) : -1;
    // Idle, there is nothing to read but the server's goodbye.
    const bool silent = !awaited_.empty() || (peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
    lost_ = !silent;
    return silent;
  }

  void retire() override { retired_ = true; }

 private:
  bool is_pooled() const { return !pooled_.prelude.empty(); }

  bool send_prepared(const std::vector<Command>& commands) {
    return std::ranges::all_of(commands, [this](const Command& command) { return prepare(command); }) &&
           std::ranges::all_of(commands, [this](const Command& command) { return prepared_.send(pg_.get(), command); });
  }

  bool send_prelude() {
    return PQsendQueryParams(pg_.get(), pooled_.prelude.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) == 1;
  }

  bool send_unprepared(const std::vector<Command>& commands, bool with_prelude) {
    const auto text_of = [this](const Command& command) {
      const bool begins = std::string_view(command.statement.text.c_str()) == "BEGIN" && !pooled_.begin.empty();
      return begins ? pooled_.begin : server_text(command);
    };
    return (!with_prelude || send_prelude()) && std::ranges::all_of(commands, [&](const Command& command) {
             return postgres::send_unprepared(pg_.get(), text_of(command), command);
           });
  }

  /// In a segment of its own, so that a job's failure cannot skip it.
  bool prepare(const Command& command) {
    auto* entry = prepared_.missing(command);
    if (entry == nullptr) {
      return true;
    }
    awaited_.push_back({nullptr, entry, 0, false});
    return prepared_.prepare(pg_.get(), *entry) && PQpipelineSync(pg_.get()) == 1;
  }

  void flush() {
    const int left = PQflush(pg_.get());
    if (left < 0) {
      lose();
    } else if (left > 0 && !writing_) {
      writing_ = true;
      descriptor_.async_wait(Descriptor::wait_write, [self = shared_from_this()](boost::system::error_code error) {
        self->writing_ = false;
        if (!error && !self->lost_) {
          self->flush();
        }
      });
    }
  }

  void wait_for_answers() {
    if (reading_ || lost_ || awaited_.empty()) {
      return;
    }
    reading_ = true;
    if (patience_ > Millis(0)) {
      silence_.expires_after(patience_);
      silence_.async_wait([self = weak_from_this()](boost::system::error_code error) {
        const auto alive = self.lock();
        if (!error && alive && alive->reading_) {
          alive->lose("the server is silent");
        }
      });
    }
    descriptor_.async_wait(Descriptor::wait_read, [self = shared_from_this()](boost::system::error_code error) {
      self->reading_ = false;
      self->silence_.cancel();
      if (!error && !self->lost_) {
        self->take_answers();
      }
    });
  }

  void take_answers() {
    const bool alive = PQconsumeInput(pg_.get()) == 1;
    // Resumed coroutines submit again; they do it when libpq's answers have been taken.
    std::vector<std::unique_ptr<Job>> done;
    while (!awaited_.empty() && PQisBusy(pg_.get()) == 0) {
      const ResultPtr result(PQgetResult(pg_.get()));
      take(result.get(), done);
      if (result == nullptr && PQstatus(pg_.get()) == CONNECTION_BAD) {
        break;
      }
    }
    if (!alive || PQstatus(pg_.get()) == CONNECTION_BAD) {
      lose();
    } else {
      flush();
      wait_for_answers();
    }
    for (auto& job : done) {
      job->complete();
    }
  }

  void take(const PGresult* result, std::vector<std::unique_ptr<Job>>& done) {
    Awaited& front = awaited_.front();
    if (result == nullptr) {
      ++front.next;
      return;
    }
    switch (PQresultStatus(result)) {
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK:
        if (front.has_prelude && front.next == 0) {
          break;
        }
        if (front.job) {
          front.job->results.push_back(rows_of(result, front.job->commands.at(index_of(front))));
        }
        break;
      case PGRES_PIPELINE_SYNC:
        if (front.job) {
          --load_;
          done.push_back(std::move(front.job));
        }
        awaited_.pop_front();
        break;
      case PGRES_PIPELINE_ABORTED: break;
      default: note_failure(result, front); break;
    }
  }

  static std::size_t index_of(const Awaited& front) {
    return front.has_prelude && front.next > 0 ? front.next - 1 : front.next;
  }

  void note_failure(const PGresult* result, Awaited& front) {
    Failure failure = failure_of(result, index_of(front));
    if (front.prepared != nullptr) {
      front.prepared->refused = std::move(failure);
      return;
    }
    if (!front.job->failure) {
      // Behind the last command's answer the commit fails, or the connection.
      failure.index = std::min(failure.index, front.job->commands.size() - 1);
      const Failure* cause = prepared_.refusal_of(front.job->commands.at(failure.index));
      front.job->failure = cause != nullptr ? Failure{cause->state, cause->message, failure.index} : failure;
    }
  }

  void lose(std::string reason = {}) {
    if (lost_) {
      return;
    }
    lost_ = true;
    lost_reason_ = reason.empty() ? one_line(PQerrorMessage(pg_.get())) : std::move(reason);
    if (lost_reason_.empty()) {
      lost_reason_ = "the connection was lost";
    }
    silence_.cancel();
    boost::system::error_code ignored;
    descriptor_.cancel(ignored);
    fail_all();
  }

  /// Later, since the caller may be in the middle of submitting.
  void fail_all() {
    load_ = 0;
    std::vector<std::unique_ptr<Job>> jobs;
    for (Awaited& awaited : std::exchange(awaited_, {})) {
      if (awaited.job) {
        // An answer that had come already is worth nothing: its commit was not confirmed.
        awaited.job->failure = Failure{"", lost_reason_, 0};
        jobs.push_back(std::move(awaited.job));
      }
    }
    asio::post(descriptor_.get_executor(), [jobs = std::move(jobs)] {
      for (const auto& job : jobs) {
        job->complete();
      }
    });
  }

  PgPtr pg_;
  Descriptor descriptor_;
  Millis patience_;
  asio::steady_timer silence_;
  Pooled pooled_;
  PreparedStatements prepared_;
  std::deque<Awaited> awaited_;
  std::size_t load_ = 0;
  bool reading_ = false;
  bool writing_ = false;
  bool retired_ = false;
  bool lost_ = false;
  std::string lost_reason_ = "the connection was closed";
};

}  // namespace

Task<std::shared_ptr<Connection>> Connection::open(Executor loop, std::string conninfo, Millis timeout, Millis silence,
                                                   Pooled pooled) {
  PgPtr pg = co_await connect(loop, std::move(conninfo), timeout);
  if (PQenterPipelineMode(pg.get()) != 1) {
    throw Outage(Errc::unavailable, last_message(pg.get()));
  }
  co_return std::make_shared<PipelinedConnection>(std::move(loop), std::move(pg), silence, std::move(pooled));
}

}  // namespace aisha::sql::postgres
