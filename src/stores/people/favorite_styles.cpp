// SPDX-License-Identifier: Apache-2.0
#include "stores/people/favorite_styles.hpp"

namespace aisha::stores::favorite_styles {
namespace {

constexpr sql::Text kKeep =
    "INSERT INTO user_favorite_templates (user_id, template_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
constexpr sql::Text kDrop = "DELETE FROM user_favorite_templates WHERE user_id = $1 AND template_id = $2";
constexpr sql::Text kKeepOf =
    "INSERT INTO user_favorite_templates (user_id, template_id, created_at) SELECT r.user_id, r.template_id, $3"
    " FROM generation_requests r WHERE r.id = $2 AND r.user_id = $1 AND r.template_id IS NOT NULL"
    " AND r.status = 'ready' AND r.deleted_at IS NULL ON CONFLICT DO NOTHING";
constexpr sql::Text kDropOf =
    "DELETE FROM user_favorite_templates WHERE user_id = $1 AND template_id = (SELECT r.template_id"
    " FROM generation_requests r WHERE r.id = $2 AND r.user_id = $1 AND r.status = 'ready' AND r.deleted_at IS NULL)";
constexpr sql::Text kList =
    "SELECT template_id FROM user_favorite_templates WHERE user_id = $1 ORDER BY created_at DESC, template_id";

std::vector<std::string> ids_of(const sql::Rows& rows) {
  std::vector<std::string> out;
  out.reserve(rows.size());
  for (const sql::Row row : rows) {
    out.push_back(row.text(0));
  }
  return out;
}

}  // namespace

void set(UnitOfWork& unit, const Uuid& owner, std::string_view style, bool on) {
  unit.write_any(on ? sql::Statement(kKeep, owner, style, unit.now()) : sql::Statement(kDrop, owner, style));
}

void set_of(UnitOfWork& unit, const Uuid& owner, const Uuid& picture, bool on) {
  unit.write_any(on ? sql::Statement(kKeepOf, owner, picture, unit.now()) : sql::Statement(kDropOf, owner, picture));
}

Task<std::vector<std::string>> list(UnitOfWork& unit, Uuid owner) {
  const sql::Rows rows = co_await unit.read(sql::Statement(kList, owner));
  co_return ids_of(rows);
}

}  // namespace aisha::stores::favorite_styles
