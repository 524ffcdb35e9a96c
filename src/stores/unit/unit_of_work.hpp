// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "base/rng.hpp"
#include "sql/database.hpp"

namespace aisha::stores {

/// One use case against the database: reads happen at once, writes are collected and go as one durable transaction at
/// `commit`. Every function of this folder takes one. A plain (non-Task) function only collects writes; it fails at
/// commit with Errc::conflict when the rows are no longer what the caller read: make a new unit, read again, decide
/// again. Dropped without commit, nothing is written. Loop thread only; not to be shared between coroutines.
class UnitOfWork {
 public:
  UnitOfWork(sql::Database& database, Rng& rng) : database_(database), rng_(rng), now_(database.now()) {}
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;

  /// The database's time when the unit began: the same for all its rows.
  TimePoint now() const { return now_; }
  Uuid new_id() { return Uuid::v7(now_, rng_); }
  /// A random token of 128 bits, hex.
  std::string new_token() { return rng_.hex(16); }

  Task<sql::Rows> read(sql::Statement statement) { return database_.read(std::move(statement)); }
  /// Adds a write that must touch exactly `rows` rows.
  void write(sql::Statement statement, std::int64_t rows = 1) { batch_.push_back({std::move(statement), rows}); }
  /// Adds a write that may touch any number of rows.
  void write_any(sql::Statement statement) { batch_.push_back({std::move(statement), std::nullopt}); }

  /// Runs `effect` once `commit` has succeeded, for what must be counted once and only when it is true.
  void when_durable(std::function<void()> effect) { effects_.push_back(std::move(effect)); }

  /// Ships the collected writes; an empty unit succeeds without touching the database. Errc::conflict as above.
  Task<Result<void>> commit();

  /// Runs a batch as a transaction of its own at once, whatever becomes of this unit: claims. Throws sql::Outage.
  Task<sql::Rows> at_once(sql::Batch batch);
  /// The same with one statement that may touch any number of rows.
  Task<sql::Rows> at_once(sql::Statement statement);

  /// What the RETURNING clauses of the committed writes gave; all of one shape.
  const sql::Rows& returned() const { return returned_; }

  bool empty() const { return batch_.empty(); }

 private:
  sql::Database& database_;
  Rng& rng_;
  TimePoint now_;
  sql::Batch batch_;
  std::vector<std::function<void()>> effects_;
  sql::Rows returned_;
};

}  // namespace aisha::stores
