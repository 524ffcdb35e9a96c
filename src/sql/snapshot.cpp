// SPDX-License-Identifier: Apache-2.0
#include "sql/snapshot.hpp"

namespace aisha::sql {
namespace {

class TransactionSnapshot final : public Snapshot {
 public:
  explicit TransactionSnapshot(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Task<Rows> read(Statement statement) override {
    if (!transaction_) {
      transaction_ = co_await database_->begin();
    }
    co_return co_await transaction_->run(std::move(statement));
  }
  Task<void> renew() override {
    if (transaction_) {
      // It wrote nothing: whether its end is confirmed is all the same.
      const auto ending = std::exchange(transaction_, nullptr);
      co_await ending->commit();
    }
  }
  TimePoint now() const override { return database_->now(); }

 private:
  std::unique_ptr<Database> database_;
  std::unique_ptr<Transaction> transaction_;
};

}  // namespace

Task<Result<Rows>> Snapshot::write(Batch) {
  throw std::logic_error("a snapshot is for reading");
}

Task<std::unique_ptr<Transaction>> Snapshot::begin() {
  throw std::logic_error("a snapshot is for reading");
}

std::unique_ptr<Snapshot> make_snapshot(std::unique_ptr<Database> database) {
  return std::make_unique<TransactionSnapshot>(std::move(database));
}

}  // namespace aisha::sql
