// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/postgres_database.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdexcept>

#include "base/rng.hpp"
#include "sql/postgres/clock.hpp"
#include "sql/postgres/command_run.hpp"
#include "sql/postgres/conninfo.hpp"
#include "sql/postgres/errors.hpp"
#include "sql/postgres/pool.hpp"
#include "sql/postgres/schema.hpp"

namespace aisha::sql::postgres {
namespace {

namespace asio = boost::asio;

/// Deadlocks and lost orders are settled by trying again; a unit leaves nothing behind until it commits.
constexpr int kRuns = 4;
// Longer than the statement time-out of a session (conninfo.cpp), which a server that lives keeps.
constexpr Millis kSilence{7'000};

std::vector<Command> one(Statement statement) {
  std::vector<Command> commands;
  commands.push_back({std::move(statement)});
  return commands;
}

std::vector<Command> commands_of(Batch batch) {
  std::vector<Command> commands;
  commands.reserve(batch.size());
  for (Write& write : batch) {
    const Count count = write.rows ? Count::exactly : Count::any;
    commands.push_back({std::move(write.statement), count, write.rows.value_or(0)});
  }
  return commands;
}

Rows joined(std::vector<Rows> results) {
  Rows all;
  for (Rows& rows : results) {
    all.append(std::move(rows));
  }
  return all;
}

Error conflict_of(const Outcome& outcome) {
  const std::size_t index = outcome.failure->index;
  const Command& command = outcome.commands.at(index);
  return {Errc::conflict, fmt::format("{}: not {} rows: {}", index, command.rows, command.statement.text.c_str()),
          about::RowAt{index}};
}

const Statement& statement_of(const Outcome& outcome) {
  return outcome.commands.at(outcome.failure->index).statement;
}

[[noreturn]] void raise(const Outcome& outcome) {
  std::rethrow_exception(exception_of(*outcome.failure, statement_of(outcome)));
}

/// Others of its kind wait at the lock: what one has read stays true until it has written.
class LeasedTransaction final : public Transaction {
 public:
  LeasedTransaction(Executor loop, std::shared_ptr<Pool::Lease> lease)
      : loop_(std::move(loop)), lease_(std::move(lease)) {}

  ~LeasedTransaction() override {
    if (!over_) {
      asio::co_spawn(loop_, end(lease_, "ROLLBACK"), asio::detached);
    }
  }

  Task<Rows> run(Statement statement) override {
    if (over_) {
      throw std::logic_error("the transaction is over");
    }
    if (!poison_.empty()) {
      throw Poisoned("the transaction failed before: " + poison_);
    }
    Outcome outcome = co_await step(lease_, std::move(statement));
    if (outcome.failure) {
      poison_ = outcome.failure->message;
      raise(outcome);
    }
    co_return std::move(outcome.results.front());
  }

  Task<Result<void>> commit() override {
    if (over_) {
      throw std::logic_error("the transaction is over");
    }
    over_ = true;
    const bool whole = poison_.empty();
    const Text how = whole ? Text("COMMIT") : Text("ROLLBACK");
    const Outcome outcome = co_await end(lease_, how);
    if (!whole) {
      co_return fail(Errc::conflict, "the transaction failed before: " + poison_);
    }
    if (outcome.failure) {
      raise(outcome);
    }
    co_return Result<void>{};
  }

  static Task<Outcome> step(std::shared_ptr<Pool::Lease> lease, Statement statement) {
    std::shared_ptr<Connection> connection(lease, &lease->connection());
    std::vector<Command> commands = one(std::move(statement));
    co_return co_await run_job(std::move(connection), std::move(commands));
  }

 private:
  static Task<Outcome> end(std::shared_ptr<Pool::Lease> lease, Text how) {
    Statement statement(how);
    co_return co_await step(std::move(lease), std::move(statement));
  }

  Executor loop_;
  std::shared_ptr<Pool::Lease> lease_;
  std::string poison_;
  bool over_ = false;
};

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(Executor loop, const Options& options, ServerClock clock)
      : loop_(loop),
        clock_(clock),
        readers_(loop, rng_, pool_of(options, Access::read_only)),
        writers_(loop, rng_, pool_of(options, options.snapshot ? Access::snapshot : Access::read_write)),
        alone_(!options.snapshot) {}

  Task<Rows> read(Statement statement) override {
    look_at_the_clock();
    std::vector<Command> commands = one(std::move(statement));
    for (int run = 1;; ++run) {
      std::shared_ptr<Connection> connection = co_await readers_.take();
      Outcome outcome = co_await run_job(std::move(connection), std::move(commands));
      if (!outcome.failure) {
        co_return std::move(outcome.results.front());
      }
      // A connection that died under it: a read is repeated on a fresh one.
      const bool lost = outcome.failure->state.empty() || is_worth_repeating(*outcome.failure);
      if (!lost || run == 2) {
        raise(outcome);
      }
      commands = std::move(outcome.commands);
    }
  }

  Task<Result<Rows>> write(Batch batch) override {
    if (batch.empty()) {
      co_return Rows();
    }
    std::vector<Command> commands = commands_of(std::move(batch));
    for (int run = 1;; ++run) {
      std::shared_ptr<Connection> connection = co_await writers_.take();
      Outcome outcome = co_await run_job(std::move(connection), std::move(commands));
      if (!outcome.failure) {
        co_return joined(std::move(outcome.results));
      }
      if (is_wrong_count(*outcome.failure)) {
        co_return std::unexpected(conflict_of(outcome));
      }
      if (is_read_only(*outcome.failure)) {
        writers_.retire_all();
      }
      if (!is_worth_repeating(*outcome.failure) || run == kRuns) {
        raise(outcome);
      }
      commands = std::move(outcome.commands);
    }
  }

  Task<std::unique_ptr<Transaction>> begin() override {
    std::shared_ptr<Pool::Lease> lease = co_await writers_.lease();
    Statement opening("BEGIN");
    co_await first_step(lease, std::move(opening));
    if (alone_) {
      Statement lock("SELECT pg_advisory_xact_lock(hashtext(current_schema() || ' units'))");
      co_await first_step(lease, std::move(lock));
    }
    co_return std::make_unique<LeasedTransaction>(loop_, std::move(lease));
  }

  TimePoint now() const override { return clock_.now(); }

 private:
  static Task<void> first_step(std::shared_ptr<Pool::Lease> lease, Statement statement) {
    const Outcome outcome = co_await LeasedTransaction::step(lease, std::move(statement));
    if (outcome.failure) {
      // It may be in a transaction that has failed.
      lease->connection().retire();
      raise(outcome);
    }
  }

  /// A quarter of the connections read: many reads share one, so that a call to the kernel serves several.
  static PoolOptions pool_of(const Options& options, Access access) {
    PoolOptions pool;
    pool.conninfo = conninfo_of(options, access);
    pool.pooled = pooled_of(options, access);
    pool.waits = options.waits;
    // A snapshot's statements take as long as they take: its silence says nothing.
    pool.silence = access == Access::snapshot ? Millis(0) : kSilence;
    const std::size_t readers = std::max<std::size_t>(1, options.pool / 4);
    pool.size = access == Access::read_only ? readers : std::max<std::size_t>(1, options.pool - readers);
    return pool;
  }

  void look_at_the_clock() {
    if (clock_.is_old()) {
      clock_.mark_renewed();
      asio::co_spawn(loop_, renew_clock(), asio::detached);
    }
  }

  Task<void> renew_clock() {
    try {
      std::shared_ptr<Connection> connection = co_await readers_.take();
      std::vector<Command> commands = one(Statement("SELECT clock_timestamp()"));
      const auto asked = std::chrono::steady_clock::now();
      const Outcome outcome = co_await run_job(std::move(connection), std::move(commands));
      if (!outcome.failure) {
        clock_.set(outcome.results.front()[0].time(0), asked, std::chrono::steady_clock::now());
      }
    } catch (const Outage&) {
      // The next minute's look will do.
    }
  }

  Executor loop_;
  SystemRng rng_;
  ServerClock clock_;
  Pool readers_;
  Pool writers_;
  bool alone_;  ///< interactive transactions exclude each other
};

}  // namespace

Result<Opened> open(Options options, Executor loop) {
  ServerClock clock(options.clock);
  auto migrations = bring_up_schema(options, clock);
  if (!migrations) {
    return std::unexpected(migrations.error());
  }
  return Opened{std::make_unique<PostgresDatabase>(std::move(loop), options, clock), std::move(*migrations)};
}

}  // namespace aisha::sql::postgres
