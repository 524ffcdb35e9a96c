// SPDX-License-Identifier: Apache-2.0
#include "sql/snapshot.hpp"

namespace aisha::sql {
namespace {

class Snapshot final : public Database {
 public:
  explicit Snapshot(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Task<Rows> read(Statement statement) override {
    if (!transaction_) {
      transaction_ = co_await database_->begin();
    }
    co_return co_await transaction_->run(std::move(statement));
  }

  Task<Result<Rows>> write(Batch) override { throw std::logic_error("a snapshot is for reading"); }
  Task<std::unique_ptr<Transaction>> begin() override { throw std::logic_error("a snapshot is for reading"); }
  TimePoint now() const override { return database_->now(); }

 private:
  std::unique_ptr<Database> database_;
  std::unique_ptr<Transaction> transaction_;
};

}  // namespace

std::unique_ptr<Database> make_snapshot(std::unique_ptr<Database> database) {
  return std::make_unique<Snapshot>(std::move(database));
}

}  // namespace aisha::sql
