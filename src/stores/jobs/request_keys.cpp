// SPDX-License-Identifier: Apache-2.0
#include "stores/jobs/request_keys.hpp"

namespace aisha::stores::request_keys {
namespace {

constexpr sql::Text kAdd =
    "INSERT INTO request_keys (request_key, request_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

}  // namespace

void add(UnitOfWork& unit, std::string_view key, const Uuid& request_id) {
  unit.write(sql::Statement(kAdd, key, request_id, unit.now()));
}

}  // namespace aisha::stores::request_keys
