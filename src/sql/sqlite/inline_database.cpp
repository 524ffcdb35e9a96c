// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/inline_database.hpp"

#include "sql/sqlite/session.hpp"
#include "sql/sqlite/units.hpp"

namespace aisha::sql::sqlite {
namespace {

class InlineTransaction final : public Transaction {
 public:
  InlineTransaction(Connection& connection, bool& open) : connection_(connection), open_(open) {
    session_.begin(connection_);
    open_ = true;
  }
  ~InlineTransaction() override {
    session_.roll_back(connection_);
    open_ = false;
  }

  Task<Rows> run(Statement statement) override { co_return session_.run(connection_, statement); }
  Task<Result<void>> commit() override {
    auto done = session_.commit(connection_);
    open_ = false;
    co_return done;
  }

 private:
  Connection& connection_;
  bool& open_;
  Session session_;
};

class InlineDatabase final : public Database {
 public:
  InlineDatabase(std::unique_ptr<Connection> connection, LockFile lock, DbClock clock)
      : lock_(std::move(lock)), connection_(std::move(connection)), clock_(clock) {}

  Task<Rows> read(Statement statement) override { co_return connection_->run(statement); }

  Task<Result<Rows>> write(Batch batch) override {
    refuse_while_open();
    Unit unit;
    unit.batch = std::move(batch);
    Unit* one = &unit;
    commit_together(*connection_, {&one, 1});
    if (unit.error) {
      std::rethrow_exception(unit.error);
    }
    co_return std::move(unit.result);
  }

  Task<std::unique_ptr<Transaction>> begin() override {
    refuse_while_open();
    co_return std::make_unique<InlineTransaction>(*connection_, open_);
  }

  TimePoint now() const override { return clock_.now(); }

 private:
  void refuse_while_open() const {
    if (open_) {
      throw std::logic_error("a transaction is open on the only connection");
    }
  }

  LockFile lock_;
  std::unique_ptr<Connection> connection_;
  DbClock clock_;
  bool open_ = false;
};

/// Read transactions one after the other: none of them is in a writer's way, but the log grows while one lives.
class InlineSnapshot final : public Snapshot {
 public:
  explicit InlineSnapshot(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) { pin(); }

  Task<Rows> read(Statement statement) override { co_return connection_->run(statement); }
  Task<void> renew() override {
    connection_->step("COMMIT");
    pin();
    co_return;
  }
  TimePoint now() const override { return clock_.now(); }

 private:
  void pin() {
    connection_->step("BEGIN");
    // The moment is that of the first read.
    connection_->number("SELECT count(*) FROM aisha_schema");
  }

  std::unique_ptr<Connection> connection_;
  DbClock clock_{nullptr};
};

}  // namespace

std::unique_ptr<Database> make_inline(std::unique_ptr<Connection> connection, LockFile lock, DbClock clock) {
  return std::make_unique<InlineDatabase>(std::move(connection), std::move(lock), clock);
}

std::unique_ptr<Snapshot> make_inline_snapshot(std::unique_ptr<Connection> connection) {
  return std::make_unique<InlineSnapshot>(std::move(connection));
}

}  // namespace aisha::sql::sqlite
