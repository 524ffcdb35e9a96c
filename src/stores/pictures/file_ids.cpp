// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/file_ids.hpp"

namespace aisha::stores::file_ids {

Task<std::optional<std::string>> find(UnitOfWork& unit, std::int64_t bot_id, std::string photo_key) {
  constexpr sql::Text kFind = "SELECT file_id FROM file_ids WHERE bot_id = $1 AND photo_key = $2";
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind, bot_id, std::move(photo_key)));
  if (rows.empty()) {
    co_return std::nullopt;
  }
  co_return rows[0].text(0);
}

void put(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key, std::string_view file_id) {
  constexpr sql::Text kPut =
      "INSERT INTO file_ids (bot_id, photo_key, file_id, updated_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (bot_id, photo_key) DO UPDATE SET file_id = excluded.file_id, updated_at = excluded.updated_at";
  unit.write(sql::Statement(kPut, bot_id, photo_key, file_id, unit.now()));
}

void forget(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key) {
  constexpr sql::Text kForget = "DELETE FROM file_ids WHERE bot_id = $1 AND photo_key = $2";
  unit.write_any(sql::Statement(kForget, bot_id, photo_key));
}

}  // namespace aisha::stores::file_ids
