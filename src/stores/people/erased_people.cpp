// SPDX-License-Identifier: Apache-2.0
#include "stores/people/erased_people.hpp"

namespace aisha::stores::erased_people {
namespace {

constexpr sql::Text kAdd = "INSERT INTO erased_people (mark, erased_at) VALUES ($1, $2) ON CONFLICT (mark) DO NOTHING";
constexpr sql::Text kHas = "SELECT 1 FROM erased_people WHERE mark = $1";

}  // namespace

void add(UnitOfWork& unit, std::string_view mark) {
  unit.write_any(sql::Statement(kAdd, mark, unit.now()));
}

Task<bool> has(UnitOfWork& unit, std::string mark) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kHas, std::move(mark)));
  co_return !rows.empty();
}

}  // namespace aisha::stores::erased_people
