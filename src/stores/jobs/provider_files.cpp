// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/provider_files.hpp"

#include <utility>

namespace aisha::stores::provider_files {
namespace {

constexpr sql::Text kFind = "SELECT url FROM provider_files WHERE object_key = $1 AND expires_at >= $2";
constexpr sql::Text kPut =
    "INSERT INTO provider_files (object_key, url, expires_at) VALUES ($1, $2, $3)"
    " ON CONFLICT (object_key) DO UPDATE SET url = excluded.url, expires_at = excluded.expires_at";
constexpr sql::Text kSweep =
    "DELETE FROM provider_files WHERE object_key IN (SELECT object_key FROM provider_files"
    " WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)";

}  // namespace

Task<std::optional<std::string>> find(UnitOfWork& unit, std::string key, TimePoint until) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kFind, std::move(key), until));
  co_return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

Task<void> put(UnitOfWork& unit, File file) {
  co_await unit.at_once(sql::Statement(kPut, std::move(file.key), std::move(file.url), file.expires_at));
}

Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit) {
  const sql::Rows rows = co_await unit.at_once(sql::Statement(kSweep, before, limit));
  co_return rows.affected();
}

}  // namespace aisha::stores::provider_files
