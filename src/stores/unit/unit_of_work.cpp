// SPDX-License-Identifier: Apache-2.0
#include "stores/unit/unit_of_work.hpp"

#include <stdexcept>

namespace aisha::stores {

Task<Result<void>> UnitOfWork::commit() {
  if (batch_.empty()) {
    co_return Result<void>();
  }
  sql::Batch batch = std::move(batch_);
  batch_.clear();
  auto written = co_await database_.write(std::move(batch));
  if (!written) {
    co_return std::unexpected(written.error());
  }
  returned_ = std::move(*written);
  for (const auto& effect : effects_) {
    effect();
  }
  effects_.clear();
  co_return Result<void>();
}

Task<sql::Rows> UnitOfWork::at_once(sql::Batch batch) {
  auto written = co_await database_.write(std::move(batch));
  if (!written) {
    // Claims expect no row counts: nothing they write can be too few.
    throw std::logic_error(written.error().detail);
  }
  co_return std::move(*written);
}

Task<sql::Rows> UnitOfWork::at_once(sql::Statement statement) {
  sql::Batch batch;
  batch.push_back({std::move(statement), std::nullopt});
  co_return co_await at_once(std::move(batch));
}

}  // namespace aisha::stores
