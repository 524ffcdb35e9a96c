// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "tests/contract/support/engine.hpp"
#include "tests/contract/support/postgres_server.hpp"

namespace aisha::testing {

/// Fixture for what only PostgreSQL has: a database of its own, empty unless `Migrated`.
class PostgresTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::is_given()) {
      GTEST_SKIP() << "AISHA_TEST_POSTGRES is not set";
    }
    database_ = fresh();
  }
  void TearDown() override {
    if (!database_.empty()) {
      PostgresServer::get().drop(database_);
    }
  }

  virtual std::string fresh() { return PostgresServer::get().create(); }

  sql::postgres::Options options() const {
    sql::postgres::Options options;
    options.url = PostgresServer::get().url_of(database_);
    return options;
  }
  std::unique_ptr<sql::Database> open(sql::postgres::Options options) {
    auto opened = sql::postgres::open(std::move(options), loop_.get_executor());
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    return std::move(opened->database);
  }
  /// A plain connection, behind the driver's back.
  sql::postgres::Session session() const {
    return PostgresServer::session(PostgresServer::get().url_of(database_) + "?target_session_attrs=any");
  }
  /// Ends every other connection and returns when the server has closed them.
  void cut_all() const {
    session().run(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  /// Runs the loop until it is so.
  template <class Condition>
  void until(Condition condition) {
    loop_.restart();
    while (!condition()) {
      loop_.run_one();
    }
  }

  template <class T>
  T run(Task<T> task) {
    std::optional<T> result;
    std::exception_ptr failed;
    boost::asio::co_spawn(loop_, std::move(task), [&](std::exception_ptr error, T value) {
      failed = error;
      result = std::move(value);
    });
    until([&] { return result.has_value(); });
    if (failed) {
      std::rethrow_exception(failed);
    }
    return std::move(*result);
  }

  std::string database_;
  SeededRng rng_{5};
  boost::asio::io_context loop_;
};

class MigratedPostgresTest : public PostgresTest {
 protected:
  std::string fresh() override { return PostgresServer::get().clone(); }
};

}  // namespace aisha::testing
