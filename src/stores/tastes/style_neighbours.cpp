// SPDX-License-Identifier: Apache-2.0
#include "stores/tastes/style_neighbours.hpp"

namespace aisha::stores::style_neighbours {
namespace {

constexpr sql::Text kClear = "DELETE FROM style_neighbours";
constexpr sql::Text kPut = "INSERT INTO style_neighbours (style, neighbour, likeness) VALUES ($1, $2, $3)";
constexpr sql::Text kAll =
    "SELECT style, neighbour, likeness FROM style_neighbours ORDER BY style, likeness DESC, neighbour";

}  // namespace

void replace(UnitOfWork& unit, const std::vector<Neighbour>& neighbours) {
  unit.write_any(sql::Statement(kClear));
  for (const Neighbour& one : neighbours) {
    unit.write(sql::Statement(kPut, one.style, one.neighbour, one.likeness));
  }
}

Task<std::vector<Neighbour>> all(UnitOfWork& unit) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kAll).scan());
  std::vector<Neighbour> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back({row.text(0), row.text(1), row.real(2)});
  }
  co_return out;
}

}  // namespace aisha::stores::style_neighbours
