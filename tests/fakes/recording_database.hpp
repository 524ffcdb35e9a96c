// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "sql/database.hpp"

namespace aisha::fakes {

/// Passes everything on and remembers what was asked.
class RecordingDatabase final : public sql::Database {
 public:
  explicit RecordingDatabase(sql::Database& database) : database_(database) {}

  Task<sql::Rows> read(sql::Statement statement) override {
    statements.push_back(statement);
    ++round_trips;
    return database_.read(std::move(statement));
  }
  Task<Result<sql::Rows>> write(sql::Batch batch) override {
    for (const sql::Write& write : batch) {
      statements.push_back(write.statement);
    }
    ++round_trips;
    return database_.write(std::move(batch));
  }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }

  std::vector<sql::Statement> statements;
  int round_trips = 0;  ///< a read or a whole batch is one

 private:
  sql::Database& database_;
};

}  // namespace aisha::fakes
