// SPDX-License-Identifier: Apache-2.0
#include "sql/migration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha::sql {
namespace {

Migration parse(const embedded::File& file) {
  const std::string_view path = file.path;
  const std::string_view base = path.substr(path.rfind('/') + 1);
  Migration migration;
  const auto digits =
      std::from_chars(base.data(), base.data() + std::min<std::size_t>(4, base.size()), migration.number);
  const bool shaped = base.size() > 9 && digits.ptr == base.data() + 4 && base[4] == '_' && base.ends_with(".sql");
  if (!shaped) {
    throw std::logic_error(fmt::format("{} is not named NNNN_name.sql", path));
  }
  migration.name = base.substr(5, base.size() - 9);
  migration.text = file.bytes;
  migration.checksum = encoding::sha256_hex(file.bytes);
  return migration;
}

}  // namespace

std::vector<Migration> migrations_from(embedded::Files files) {
  std::vector<Migration> all;
  for (const embedded::File& file : files) {
    all.push_back(parse(file));
  }
  std::ranges::sort(all, {}, &Migration::number);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].number != static_cast<int>(i) + 1) {
      throw std::logic_error(fmt::format("migration {:04} is missing", i + 1));
    }
  }
  return all;
}

std::string label_of(const Migration& migration) {
  return fmt::format("{:04}_{}", migration.number, migration.name);
}

Result<std::vector<Migration>> pending_migrations(std::span<const Migration> known,
                                                  std::span<const AppliedMigration> applied) {
  for (const AppliedMigration& row : applied) {
    const auto found = std::ranges::find(known, row.number, &Migration::number);
    if (found == known.end()) {
      return fail(Errc::db_schema_newer, fmt::format("the database has migration {:04}_{}, this release ends at {:04}",
                                                     row.number, row.name, known.size()));
    }
    if (!row.finished) {
      return fail(Errc::db_dirty, fmt::format("migration {:04}_{} stopped half-way: restore the backup taken before it",
                                              row.number, row.name));
    }
    if (found->checksum != row.checksum) {
      return fail(
          Errc::db_dirty,
          fmt::format("migration {:04}_{} was applied with another text than this release has: start anew on an "
                      "empty database, or bring a backup back with `aisha restore`",
                      row.number, row.name));
    }
  }
  std::vector<Migration> rest;
  for (const Migration& migration : known) {
    if (std::ranges::find(applied, migration.number, &AppliedMigration::number) == applied.end()) {
      rest.push_back(migration);
    }
  }
  return rest;
}

Result<SchemaView> view_of(std::span<const Migration> known, std::span<const AppliedMigration> applied) {
  const auto pending = pending_migrations(known, applied);
  if (!pending) {
    return std::unexpected(pending.error());
  }
  SchemaView view;
  view.version = static_cast<int>(known.size() - pending->size());
  for (const Migration& migration : *pending) {
    view.pending.push_back(label_of(migration));
  }
  return view;
}

}  // namespace aisha::sql
