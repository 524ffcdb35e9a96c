// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/task.hpp"
#include "sql/value.hpp"

namespace aisha::sql {

/// The text of a statement: a string literal, so that drivers key their prepared statements by its address.
/// Parameters are `$1`, `$2`, ... (any order, may repeat). Only the SQL that both engines share (src/sql/README.md);
/// `/*skip locked*/` at the end of a claiming sub-select becomes FOR UPDATE SKIP LOCKED where the engine has it,
/// `/*share*/` FOR SHARE.
class Text {
 public:
  consteval Text(const char* text) : text_(text) {}  // NOLINT: a literal is the text
  const char* c_str() const { return text_; }
  /// A text made at run time that lives as long as every connection: for tests that twist statements.
  static Text lasting(const char* text) {
    Text out("");
    out.text_ = text;
    return out;
  }

 private:
  const char* text_;
};

struct Statement {
  template <class... Args>
  explicit Statement(Text sql, Args&&... args) : text(sql) {
    params.reserve(sizeof...(Args));
    (params.emplace_back(std::forward<Args>(args)), ...);
  }

  /// Says that this read may take longer than a millisecond, so it never runs on the loop thread.
  Statement&& scan() && {
    is_scan = true;
    return std::move(*this);
  }

  Text text;
  std::vector<Value> params;
  bool is_scan = false;
};

/// One write and how many rows it must touch; nothing = any number.
struct Write {
  Statement statement;
  std::optional<std::int64_t> rows;
};
using Batch = std::vector<Write>;

/// The database is away, full or broken: `code` is unavailable, disk_full or db_corrupt. Nothing of the unit is kept,
/// except that after a failed COMMIT on a server the outcome is unknown: every unit must be safe to repeat.
class Outage : public std::runtime_error {
 public:
  Outage(Errc code, const std::string& what) : std::runtime_error(what), code_(code) {}
  Errc code() const { return code_; }

 private:
  Errc code_;
};

/// A wall of the schema (CHECK, foreign key, unique index, NOT NULL) refused a write: a bug of the writer, since
/// duplicates go through ON CONFLICT DO NOTHING and row counts.
class ConstraintViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Something was run in a transaction after an error in it.
class Poisoned : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Reads and writes in turns under the writer's lock; for the few places that cannot say their writes beforehand. It
/// holds every other writer up: no waiting for anything but the database inside. Dropped uncommitted, it rolls back.
/// After an exception from `run` it is poisoned: `run` throws Poisoned, `commit` answers Errc::conflict.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual Task<Rows> run(Statement statement) = 0;
  virtual Task<Result<void>> commit() = 0;
};

/// One database. All members: loop thread only. Throws Outage; SQL that the engine refuses is std::logic_error.
class Database {
 public:
  virtual ~Database() = default;

  /// Sees everything whose `write` had been answered before.
  virtual Task<Rows> read(Statement statement) = 0;

  /// The whole batch as one durable transaction: on return it has reached the disk. When a statement touches another
  /// number of rows than it must, nothing is kept and the answer is Errc::conflict about the statement's
  /// RowAt. Rows of RETURNING clauses are joined in order (all of one shape).
  virtual Task<Result<Rows>> write(Batch batch) = 0;

  virtual Task<std::unique_ptr<Transaction>> begin() = 0;

  /// The database's clock: one clock for all leases and deadlines. Never steps back while the process lives.
  virtual TimePoint now() const = 0;
};

}  // namespace aisha::sql
