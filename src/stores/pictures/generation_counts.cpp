// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/generations.hpp"

namespace aisha::stores::generations {

Task<bool> any_picture(UnitOfWork& unit) {
  sql::Statement statement("SELECT 1 FROM generation_requests WHERE object_key IS NOT NULL LIMIT 1");
  const auto rows = co_await unit.read(std::move(statement));
  co_return !rows.empty();
}

Task<std::int64_t> count_pictures(UnitOfWork& unit, Uuid user_id) {
  sql::Statement statement(
      "SELECT count(*) FROM generation_requests "
      "WHERE user_id = $1 AND status = 'succeeded' AND deleted_at IS NULL",
      user_id);
  const auto rows = co_await unit.read(std::move(statement));
  co_return rows[0].i64(0);
}

}  // namespace aisha::stores::generations
