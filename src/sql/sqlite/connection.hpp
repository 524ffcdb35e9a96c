// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "sql/database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace aisha::sql::sqlite {

/// One handle with its prepared statements; used by one thread at a time. Throws what sql/database.hpp says.
class Connection {
 public:
  enum class Access { write, read_only };

  /// Opens `path` (created when writing), WAL, synchronous=FULL, foreign keys on, schema not trusted. A connection that
  /// waits longer than `busy` for another process's lock throws Outage{unavailable}.
  Connection(const std::string& path, Access access, Millis busy);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Rows run(const Statement& statement);
  /// A statement without parameters and rows, such as BEGIN.
  void step(Text text);
  /// One statement of a script; returns what is left of it, "" at its end.
  std::string_view run_next(std::string_view script);
  /// First column of the first row as a number; 0 when there is none. Not cached.
  std::int64_t number(const char* text);

  /// False when an error has rolled the whole transaction back.
  bool in_transaction() const;

 private:
  struct Prepared {
    sqlite3_stmt* handle = nullptr;
    std::vector<int> slots;  ///< place of $1, $2, ...; 0 = the text does not name it
  };
  struct Closer {
    void operator()(sqlite3* handle) const;
  };

  Prepared& prepare(Text text);
  void bind(const Prepared& prepared, const std::vector<Value>& params);
  [[noreturn]] void raise(int code, const char* sql);
  void execute(const char* sql);

  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<const char*, Prepared> cache_;
};

}  // namespace aisha::sql::sqlite
