// SPDX-License-Identifier: Apache-2.0
#include "sql/snapshot.hpp"

namespace aisha::sql {
namespace {

class Snapshot final : public Database {
 public:
  Snapshot(std::unique_ptr<Database> database, Text opening) : database_(std::move(database)), opening_(opening) {}

  Task<Rows> read(Statement statement) override {
    if (!transaction_) {
      transaction_ = co_await database_->begin();
      Statement opening(opening_);
      co_await transaction_->run(std::move(opening));
    }
    co_return co_await transaction_->run(std::move(statement));
  }

  Task<Result<Rows>> write(Batch) override { throw std::logic_error("a snapshot is for reading"); }
  Task<std::unique_ptr<Transaction>> begin() override { throw std::logic_error("a snapshot is for reading"); }
  TimePoint now() const override { return database_->now(); }

 private:
  std::unique_ptr<Database> database_;
  std::unique_ptr<Transaction> transaction_;
  Text opening_;
};

}  // namespace

std::unique_ptr<Database> make_snapshot(std::unique_ptr<Database> database, Text opening) {
  return std::make_unique<Snapshot>(std::move(database), opening);
}

}  // namespace aisha::sql
