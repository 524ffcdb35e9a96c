// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/threaded_database.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sql/sqlite/session.hpp"
#include "sql/sqlite/workers.hpp"

namespace aisha::sql::sqlite {
namespace {

namespace asio = boost::asio;

template <class Handler>
class PendingWrite final : public WriteJob {
 public:
  explicit PendingWrite(Handler handler) : handler_(std::move(handler)) {}
  void complete() override { std::move(handler_)(unit.error, std::move(unit.result)); }

 private:
  Handler handler_;
};

template <class Handler>
class PendingRead final : public CallJob {
 public:
  PendingRead(Statement statement, Handler handler) : statement_(std::move(statement)), handler_(std::move(handler)) {}
  void call(Connection& connection) override {
    try {
      rows_ = connection.run(statement_);
    } catch (...) {
      error_ = std::current_exception();
    }
  }
  void complete() override { std::move(handler_)(error_, std::move(rows_)); }

 private:
  Statement statement_;
  Handler handler_;
  Rows rows_;
  std::exception_ptr error_;
};

/// `Step` is a function of (Session&, Connection&) that answers a T.
template <class T, class Step, class Handler>
class PendingStep final : public SessionJob {
 public:
  PendingStep(std::shared_ptr<Session> session, Step step, Handler handler, bool ends)
      : session_(std::move(session)), step_(std::move(step)), handler_(std::move(handler)), ends_(ends) {}
  bool call(Connection& connection) override {
    try {
      result_ = step_(*session_, connection);
    } catch (...) {
      error_ = std::current_exception();
    }
    return ends_ || (begins_ && error_);
  }
  void complete() override { std::move(handler_)(error_, std::move(result_)); }
  void mark_begin() { begins_ = true; }

 private:
  std::shared_ptr<Session> session_;
  Step step_;
  Handler handler_;
  bool ends_;
  bool begins_ = false;
  T result_{};
  std::exception_ptr error_;
};

class Rollback final : public SessionJob {
 public:
  explicit Rollback(std::shared_ptr<Session> session) : session_(std::move(session)) {}
  bool call(Connection& connection) override {
    session_->roll_back(connection);
    return true;
  }
  void complete() override {}

 private:
  std::shared_ptr<Session> session_;
};

enum class Kind { begin, step, end };

template <class T, class Step>
Task<T> on_writer(WriterThread& writer, std::shared_ptr<Session> session, Step step, Kind kind) {
  auto start = [&writer, kind](auto handler, std::shared_ptr<Session> shared, Step function) {
    using Pending = PendingStep<T, Step, decltype(handler)>;
    auto job = std::make_unique<Pending>(std::move(shared), std::move(function), std::move(handler), kind == Kind::end);
    if (kind == Kind::begin) {
      job->mark_begin();
      writer.push_begin(std::move(job));
    } else {
      writer.push_session(std::move(job));
    }
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, T)>(
      std::move(start), asio::use_awaitable, std::move(session), std::move(step));
}

/// The session is shared with the writer thread, which may still hold a step of it when the Transaction is dropped.
class ThreadedTransaction final : public Transaction {
 public:
  ThreadedTransaction(WriterThread& writer, std::shared_ptr<Session> session)
      : writer_(writer), session_(std::move(session)) {}
  ~ThreadedTransaction() override {
    if (!over_) {
      writer_.push_session(std::make_unique<Rollback>(session_));
    }
  }

  Task<Rows> run(Statement statement) override {
    refuse_when_over();
    auto step = [statement = std::move(statement)](Session& session, Connection& connection) {
      return session.run(connection, statement);
    };
    return on_writer<Rows>(writer_, session_, std::move(step), Kind::step);
  }

  Task<Result<void>> commit() override {
    refuse_when_over();
    over_ = true;
    auto step = [](Session& session, Connection& connection) { return session.commit(connection); };
    return on_writer<Result<void>>(writer_, session_, std::move(step), Kind::end);
  }

 private:
  void refuse_when_over() const {
    if (over_) {
      throw std::logic_error("the transaction is over");
    }
  }

  WriterThread& writer_;
  std::shared_ptr<Session> session_;
  bool over_ = false;
};

class ThreadedDatabase final : public Database {
 public:
  ThreadedDatabase(Connections connections, LockFile lock, DbClock clock, Executor loop)
      : lock_(std::move(lock)),
        clock_(clock),
        loop_(connections.loop ? std::make_shared<PointReader>(std::move(connections.loop), loop) : nullptr),
        mailbox_(Mailbox::create(std::move(loop), loop_)),
        reader_(std::move(connections.reader), mailbox_),
        writer_(std::move(connections.writer), mailbox_) {}

  Task<Rows> read(Statement statement) override {
    if (loop_ && !statement.is_scan) {
      try {
        co_return loop_->run(statement);
      } catch (const Outage& outage) {
        // Another process (a backup) holds the file for a moment: wait for it where waiting hurts nobody.
        if (outage.code() != Errc::unavailable) {
          throw;
        }
      }
    }
    auto start = [this](auto handler, Statement text) {
      using Pending = PendingRead<decltype(handler)>;
      reader_.push(std::make_unique<Pending>(std::move(text), std::move(handler)));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Rows)>(
        std::move(start), asio::use_awaitable, std::move(statement));
  }

  Task<Result<Rows>> write(Batch batch) override {
    auto start = [this](auto handler, Batch statements) {
      auto job = std::make_unique<PendingWrite<decltype(handler)>>(std::move(handler));
      job->unit.batch = std::move(statements);
      writer_.push(std::move(job));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Result<Rows>)>(
        std::move(start), asio::use_awaitable, std::move(batch));
  }

  Task<std::unique_ptr<Transaction>> begin() override {
    auto session = std::make_shared<Session>();
    auto step = [](Session& opening, Connection& connection) {
      opening.begin(connection);
      return true;
    };
    co_await on_writer<bool>(writer_, session, std::move(step), Kind::begin);
    co_return std::make_unique<ThreadedTransaction>(writer_, std::move(session));
  }

  TimePoint now() const override { return clock_.now(); }

 private:
  LockFile lock_;
  DbClock clock_;
  std::shared_ptr<PointReader> loop_;
  std::shared_ptr<Mailbox> mailbox_;
  ReaderThread reader_;
  WriterThread writer_;
};

}  // namespace

std::unique_ptr<Database> make_threaded(Connections connections, LockFile lock, DbClock clock, Executor loop) {
  return std::make_unique<ThreadedDatabase>(std::move(connections), std::move(lock), clock, std::move(loop));
}

}  // namespace aisha::sql::sqlite
