// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "sql/database.hpp"

namespace aisha::services {

/// A process that dies with the nth of its writes, on this side of it or on the other.
class MortalDatabase final : public sql::Database {
 public:
  enum class Side { before, after };
  MortalDatabase(sql::Database& database, int lives, Side side) : database_(database), lives_(lives), side_(side) {}

  Task<sql::Rows> read(sql::Statement statement) override { return database_.read(std::move(statement)); }
  Task<Result<sql::Rows>> write(sql::Batch batch) override {
    --lives_;
    if (lives_ == 0 && side_ == Side::before) {
      throw sql::Outage(Errc::unavailable, "killed before");
    }
    auto done = co_await database_.write(std::move(batch));
    if (lives_ == 0) {
      throw sql::Outage(Errc::unavailable, "killed after");
    }
    co_return done;
  }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }
  bool is_dead() const { return lives_ <= 0; }

 private:
  sql::Database& database_;
  int lives_;
  Side side_;
};

/// Something takes its time with every page of the inbox.
class SlowDatabase final : public sql::Database {
 public:
  SlowDatabase(sql::Database& database, std::function<Task<void>()> meanwhile)
      : database_(database), meanwhile_(std::move(meanwhile)) {}

  Task<sql::Rows> read(sql::Statement statement) override { return database_.read(std::move(statement)); }
  Task<Result<sql::Rows>> write(sql::Batch batch) override {
    const bool is_page = std::string_view(batch.front().statement.text.c_str()).starts_with("DELETE FROM inbox");
    auto done = co_await database_.write(std::move(batch));
    if (is_page) {
      co_await meanwhile_();
    }
    co_return done;
  }
  Task<std::unique_ptr<sql::Transaction>> begin() override { return database_.begin(); }
  TimePoint now() const override { return database_.now(); }

 private:
  sql::Database& database_;
  std::function<Task<void>()> meanwhile_;
};

}  // namespace aisha::services
