// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/rng.hpp"
#include "sql/postgres/postgres_database.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "tests/fakes/loop.hpp"

namespace aisha::bench {

/// A database with a loop of its own, for timing what is asked of it.
class Database {
 public:
  /// "sqlite:PATH", "sqlite::memory:" or "postgres://...". Throws std::runtime_error.
  explicit Database(const std::string& url) {
    constexpr std::string_view kSqlite = "sqlite:";
    auto opened = url.starts_with(kSqlite) ? open_sqlite(url.substr(kSqlite.size())) : open_postgres(url);
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    database_ = std::move(*opened);
  }

  template <class T>
  T run(Task<T> task) {
    return loop_.run(std::move(task));
  }

  sql::Database& database() { return *database_; }
  Rng& rng() { return rng_; }

 private:
  using Opened = Result<std::unique_ptr<sql::Database>>;

  Opened open_sqlite(std::string path) {
    sql::sqlite::Options options;
    options.path = std::move(path);
    options.inline_mode = true;
    auto opened = sql::sqlite::open(std::move(options), loop_.executor());
    return opened ? Opened(std::move(opened->database)) : std::unexpected(opened.error());
  }
  Opened open_postgres(std::string url) {
    sql::postgres::Options options;
    options.url = std::move(url);
    auto opened = sql::postgres::open(std::move(options), loop_.executor());
    return opened ? Opened(std::move(opened->database)) : std::unexpected(opened.error());
  }

  fakes::Loop loop_;
  SeededRng rng_{1};
  std::unique_ptr<sql::Database> database_;
};

}  // namespace aisha::bench
