// SPDX-License-Identifier: Apache-2.0
#include "stores/pictures/file_ids.hpp"

namespace aisha::stores::file_ids {
namespace {

constexpr sql::Text kFind =
    "SELECT photo_key, file_id, user_id FROM file_ids"
    " WHERE bot_id = $1 AND photo_key IN ($2, $3, $4, $5, $6, $7, $8, $9)";
// Whoever looks at a shared picture may upload it when its person's are deleted already.
constexpr sql::Text kPut =
    "INSERT INTO file_ids (bot_id, photo_key, file_id, user_id, scope, updated_at) SELECT $1, $2, $3, $4, $5, $6"
    " WHERE NOT EXISTS (SELECT 1 FROM data_requests d WHERE d.user_id = $4 AND d.kind = 'erase')"
    " ON CONFLICT (bot_id, photo_key) DO UPDATE SET file_id = excluded.file_id, user_id = excluded.user_id,"
    " scope = excluded.scope, updated_at = excluded.updated_at";
constexpr sql::Text kForgetOf = "DELETE FROM file_ids WHERE user_id = $1 AND scope = $2";
constexpr sql::Text kForget = "DELETE FROM file_ids WHERE bot_id = $1 AND photo_key = $2";

}  // namespace

Task<std::vector<FileId>> find(UnitOfWork& unit, std::int64_t bot_id, std::vector<std::string> keys) {
  // No key is empty.
  keys.resize(kMostFound);
  sql::Statement statement(kFind, bot_id, keys[0], keys[1], keys[2], keys[3], keys[4], keys[5], keys[6], keys[7]);
  const sql::Rows rows = co_await unit.read(std::move(statement));
  std::vector<FileId> found;
  for (const sql::Row row : rows) {
    found.push_back({row.text(0), row.text(1), !row.is_null(2)});
  }
  co_return found;
}

void put(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key, std::string_view file_id,
         const Belonging& belonging) {
  unit.write_any(sql::Statement(kPut, bot_id, photo_key, file_id, belonging.user_id, belonging.scope, unit.now()));
}

void forget(UnitOfWork& unit, std::int64_t bot_id, std::string_view photo_key) {
  unit.write_any(sql::Statement(kForget, bot_id, photo_key));
}

void forget_of(UnitOfWork& unit, const Uuid& user_id, std::string_view scope) {
  unit.write_any(sql::Statement(kForgetOf, user_id, scope));
}

}  // namespace aisha::stores::file_ids
