// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.hpp"
#include "sql/database.hpp"
#include "sql/postgres/postgres_database.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "tests/contract/support/postgres_server.hpp"

namespace aisha::testing {

/// A clock that stands still until it is told to go on.
class ManualClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  Task<void> sleep(Millis) override { co_return; }
  void advance(Millis by) { now_ += by; }

 private:
  TimePoint now_ = from_epoch_ms(1'768'478'709'120);
};

/// A folder of its own, gone with the object.
class TempFolder {
 public:
  TempFolder() : path_(base() / fmt::format("aisha-test-{}-{}", ::getpid(), ++made_)) { empty(); }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void empty() const {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }

 private:
  /// Memory where there is some: what a contract says does not depend on how slow the disk syncs.
  static std::filesystem::path base() {
    return ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path();
  }

  static inline int made_ = 0;
  std::filesystem::path path_;
};

/// One database engine under test: makes an empty, migrated database. Another engine joins by one more of these.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::unique_ptr<sql::Database> open(const Clock& clock, Executor loop) = 0;
  /// Where a server's database is, for what tests do behind the driver's back.
  virtual std::string url() const { return {}; }
};

class SqliteEngine final : public Engine {
 public:
  SqliteEngine(bool inline_mode, bool loop_reads) : inline_(inline_mode), loop_reads_(loop_reads) {}

  std::unique_ptr<sql::Database> open(const Clock& clock, Executor loop) override {
    sql::sqlite::Options options;
    options.path = inline_ ? ":memory:" : (folder_.path() / "test.db").string();
    options.inline_mode = inline_;
    options.point_reads_on_loop = loop_reads_;
    options.clock = &clock;
    auto opened = sql::sqlite::open(std::move(options), std::move(loop));
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    return std::move(opened->database);
  }

 private:
  bool inline_;
  bool loop_reads_;
  TempFolder folder_;
};

/// A fresh database on the server of AISHA_TEST_POSTGRES, cloned from one that has been migrated.
class PostgresEngine final : public Engine {
 public:
  PostgresEngine() : database_(PostgresServer::get().clone()) {}
  ~PostgresEngine() override { PostgresServer::get().drop(database_); }

  std::unique_ptr<sql::Database> open(const Clock& clock, Executor loop) override {
    sql::postgres::Options options;
    options.url = PostgresServer::get().url_of(database_);
    options.clock = &clock;
    auto opened = sql::postgres::open(std::move(options), std::move(loop));
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    return std::move(opened->database);
  }

  std::string url() const override { return PostgresServer::get().url_of(database_); }

 private:
  std::string database_;
};

struct EngineCase {
  const char* name;
  std::unique_ptr<Engine> (*make)();
};

/// PostgreSQL is among them where a server is given; tools/run_tests gives one.
inline std::vector<EngineCase> engines() {
  std::vector<EngineCase> all = {
      {"SqliteThreaded", []() -> std::unique_ptr<Engine> { return std::make_unique<SqliteEngine>(false, true); }},
      {"SqliteReaderThread", []() -> std::unique_ptr<Engine> { return std::make_unique<SqliteEngine>(false, false); }},
      {"SqliteInline", []() -> std::unique_ptr<Engine> { return std::make_unique<SqliteEngine>(true, true); }},
  };
  if (PostgresServer::is_given()) {
    all.push_back({"Postgres", []() -> std::unique_ptr<Engine> { return std::make_unique<PostgresEngine>(); }});
  }
  return all;
}

/// Fixture: an empty database of the engine, a loop and a clock.
class DatabaseTest : public ::testing::TestWithParam<EngineCase> {
 protected:
  DatabaseTest() : engine_(GetParam().make()), database_(engine_->open(clock_, loop_.get_executor())) {}

  sql::Database& db() { return *database_; }
  bool is_inline() const { return std::string_view(GetParam().name) == "SqliteInline"; }
  bool is_postgres() const { return std::string_view(GetParam().name) == "Postgres"; }

  /// Runs coroutines side by side until all are done; rethrows the first exception.
  template <class T>
  std::vector<T> run_all(std::vector<Task<T>> tasks) {
    std::vector<std::optional<T>> results(tasks.size());
    std::exception_ptr first;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      boost::asio::co_spawn(loop_, std::move(tasks[i]), [&results, &first, i](std::exception_ptr error, T value) {
        if (error) {
          first = first ? first : error;
        } else {
          results[i] = std::move(value);
        }
      });
    }
    loop_.restart();
    loop_.run();
    if (first) {
      std::rethrow_exception(first);
    }
    std::vector<T> values;
    for (auto& result : results) {
      values.push_back(std::move(*result));
    }
    return values;
  }

  template <class T>
  T run(Task<T> task) {
    std::vector<Task<T>> one;
    one.push_back(std::move(task));
    return std::move(run_all<T>(std::move(one)).front());
  }

  void run(Task<void> task) {
    std::exception_ptr failed;
    boost::asio::co_spawn(loop_, std::move(task), [&failed](std::exception_ptr error) { failed = error; });
    loop_.restart();
    loop_.run();
    if (failed) {
      std::rethrow_exception(failed);
    }
  }

  ManualClock clock_;
  SeededRng rng_{7};
  boost::asio::io_context loop_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<sql::Database> database_;
};

inline std::string case_name(const ::testing::TestParamInfo<EngineCase>& info) {
  return info.param.name;
}

}  // namespace aisha::testing
