// SPDX-License-Identifier: Apache-2.0
#include "stores/upkeep/identity.hpp"

namespace aisha::stores::identity {
namespace {

constexpr sql::Text kLoad = "SELECT id FROM database_identity";
constexpr sql::Text kRenew = "UPDATE database_identity SET id = $1";

}  // namespace

Task<Uuid> load(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kLoad));
  co_return rows[0].uuid(0);
}

sql::Statement renewal(const Uuid& id) {
  return sql::Statement(kRenew, id);
}

}  // namespace aisha::stores::identity
