// SPDX-License-Identifier: Apache-2.0
#include "stores/people/avatar_details.hpp"

#include "stores/unit/sql_text.hpp"

namespace aisha::stores::avatar_details {
namespace {

constexpr char kColumns[] = "avatar_id, made_from, gender, family, lora_key, lora_bytes, lora_sha256, url_seen_at";
constexpr auto kAdd = joined("INSERT INTO avatar_details (", kColumns,
                             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING");
constexpr auto kFind = joined("SELECT ", kColumns, " FROM avatar_details WHERE avatar_id = $1");
constexpr auto kLorasAfter =
    joined("SELECT ", kColumns,
           " FROM avatar_details WHERE avatar_id > $1 AND lora_key IS NOT NULL ORDER BY avatar_id LIMIT $2");
constexpr sql::Text kNamed =
    "SELECT lora_key FROM avatar_details WHERE avatar_id >= $1 AND avatar_id <= $2 AND lora_key IS NOT NULL"
    " UNION ALL SELECT photo FROM avatar_faces WHERE avatar_id >= $1 AND avatar_id <= $2";

Details details_of(const sql::Row& row) {
  Details out;
  out.avatar_id = row.uuid(0);
  out.made_from = domain::made_from_of(row.text(1));
  out.gender = row.text(2);
  out.family = row.text(3);
  if (!row.is_null(4)) {
    out.lora = LoraCopy{row.text(4), row.i64(5), row.text(6)};
  }
  out.url_seen_at = row.opt_time(7);
  return out;
}

}  // namespace

void add(UnitOfWork& unit, const Details& details) {
  std::optional<std::string> key;
  std::optional<std::int64_t> bytes;
  std::optional<std::string> sha256;
  if (details.lora) {
    key = details.lora->key;
    bytes = details.lora->bytes;
    sha256 = details.lora->sha256;
  }
  unit.write(sql::Statement(kAdd.data(), details.avatar_id, domain::text_of(details.made_from), details.gender,
                            details.family, key, bytes, sha256, details.url_seen_at));
}

Task<std::optional<Details>> find(UnitOfWork& unit, Uuid avatar_id) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind.data(), avatar_id));
  co_return rows.empty() ? std::nullopt : std::optional(details_of(rows[0]));
}

Task<std::vector<KeptLora>> loras_after(UnitOfWork& unit, Uuid after, std::int64_t limit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLorasAfter.data(), after, limit));
  std::vector<KeptLora> out;
  for (const sql::Row row : rows) {
    const Details details = details_of(row);
    out.push_back({details.avatar_id, *details.lora});
  }
  co_return out;
}

Task<std::vector<std::string>> named_objects(UnitOfWork& unit, Uuid first, Uuid last) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kNamed, first, last));
  std::vector<std::string> out;
  for (const sql::Row row : rows) {
    out.push_back(row.text(0));
  }
  co_return out;
}

}  // namespace aisha::stores::avatar_details
