// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/sqlite_database.hpp"

#include <filesystem>
#include <utility>

#include "sql/sqlite/inline_database.hpp"
#include "sql/sqlite/schema.hpp"
#include "sql/sqlite/threaded_database.hpp"

namespace aisha::sql::sqlite {
namespace {

constexpr Millis kBusy{5000};
constexpr Millis kBusyOnLoop{0};

bool is_memory(const Options& options) {
  return options.path == ":memory:";
}

Opened build(const Options& options, std::unique_ptr<Connection> writer, LockFile lock, Executor loop) {
  using enum Connection::Access;
  const DbClock clock(options.clock);
  if (options.inline_mode) {
    return {make_inline(std::move(writer), std::move(lock), clock), {}};
  }
  Connections connections;
  connections.writer = std::move(writer);
  connections.reader = std::make_unique<Connection>(options.path, read_only, kBusy);
  if (options.point_reads_on_loop) {
    connections.loop = std::make_unique<Connection>(options.path, read_only, kBusyOnLoop);
  }
  return {make_threaded(std::move(connections), std::move(lock), clock, std::move(loop)), {}};
}

Error start_error(const Outage& outage, const std::string& path) {
  // A file that is no database at all has never been ours.
  const bool foreign = outage.code() == Errc::db_corrupt && std::string_view(outage.what()).starts_with("sqlite 26");
  Errc code = outage.code();
  if (foreign) {
    code = Errc::db_foreign;
  } else if (code == Errc::unavailable || code == Errc::disk_full) {
    code = Errc::start_failed;
  }
  return {code, path + ": " + outage.what()};
}

}  // namespace

Result<Opened> open(Options options, Executor loop) {
  if (is_memory(options) && !options.inline_mode) {
    throw std::logic_error("every connection to :memory: is another database");
  }
  LockFile lock;
  if (!is_memory(options)) {
    auto taken = LockFile::take(options.path);
    if (!taken) {
      return std::unexpected(taken.error());
    }
    lock = std::move(*taken);
  }
  try {
    auto writer = std::make_unique<Connection>(options.path, Connection::Access::write, kBusy);
    auto report = bring_up_schema(*writer, options.migrate, options.before_migration_statement);
    if (!report) {
      return std::unexpected(Error{report.error().code, options.path + ": " + report.error().detail});
    }
    Opened opened = build(options, std::move(writer), std::move(lock), std::move(loop));
    opened.migrations = std::move(*report);
    return opened;
  } catch (const Outage& outage) {
    return std::unexpected(start_error(outage, options.path));
  }
}

Result<std::unique_ptr<Snapshot>> open_snapshot(const std::string& path) {
  if (!std::filesystem::exists(path)) {
    return fail(Errc::start_failed, path + ": there is no database yet");
  }
  try {
    auto connection = std::make_unique<Connection>(path, Connection::Access::read_only, kBusy);
    if (auto schema = bring_up_schema(*connection, false, {}); !schema) {
      return std::unexpected(Error{schema.error().code, path + ": " + schema.error().detail});
    }
    return make_inline_snapshot(std::move(connection));
  } catch (const Outage& outage) {
    return std::unexpected(start_error(outage, path));
  }
}

Result<SchemaView> look_at_schema(const std::string& path) {
  try {
    const bool exists = std::filesystem::exists(path);
    Connection connection(
        exists ? path : ":memory:", exists ? Connection::Access::read_only : Connection::Access::write, kBusy);
    return view_schema(connection);
  } catch (const Outage& outage) {
    return std::unexpected(start_error(outage, path));
  }
}

}  // namespace aisha::sql::sqlite
