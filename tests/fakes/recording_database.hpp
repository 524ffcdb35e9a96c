// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <string_view>
#include <vector>

#include "sql/database.hpp"

namespace aisha::fakes {

/// Passes everything on and remembers what was asked; a database whose disk is full while `full` says so.
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
    if (is_full_for(batch)) {
      throw sql::Outage(Errc::disk_full, "no space left on device");
    }
    return database_.write(std::move(batch));
  }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }

  std::vector<sql::Statement> statements;
  int round_trips = 0;    ///< a read or a whole batch is one
  std::string_view full;  ///< writes whose text begins like this fail; empty: none does

 private:
  bool is_full_for(const sql::Batch& batch) const {
    return !full.empty() && std::ranges::any_of(batch, [this](const sql::Write& write) {
      return std::string_view(write.statement.text.c_str()).starts_with(full);
    });
  }

  sql::Database& database_;
};

}  // namespace aisha::fakes
