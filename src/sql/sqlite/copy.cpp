// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/copy.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <memory>

#include "sql/sqlite/connection.hpp"

namespace aisha::sql::sqlite {
namespace {

constexpr Millis kBusy{5000};

struct Closer {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Closer>;

Handle open_file(const std::string& path, int flags) {
  sqlite3* raw = nullptr;
  sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  sqlite3_busy_timeout(raw, static_cast<int>(kBusy.count()));
  return Handle(raw);
}

Error error_of(int code, const std::string& path) {
  const std::string detail = fmt::format("{}: {}", path, sqlite3_errstr(code));
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return {Errc::db_corrupt, detail};
    case SQLITE_FULL: return {Errc::disk_full, detail};
    default: return {Errc::start_failed, detail};
  }
}

}  // namespace

Result<void> copy_database(const std::string& from, const std::string& to) {
  if (std::filesystem::exists(to)) {
    return fail(Errc::start_failed, to + " exists already");
  }
  const Handle source = open_file(from, SQLITE_OPEN_READWRITE);
  const Handle target = open_file(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3_backup* copying = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (copying == nullptr) {
    return std::unexpected(error_of(sqlite3_errcode(target.get()), to));
  }
  // All pages in one step: one read transaction, one moment. In WAL mode no writer waits for it.
  const int stepped = sqlite3_backup_step(copying, -1);
  const int finished = sqlite3_backup_finish(copying);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
    return std::unexpected(error_of(stepped == SQLITE_DONE ? finished : stepped, from));
  }
  return check_file(to);
}

Result<void> check_file(const std::string& path) {
  try {
    Connection connection(path, Connection::Access::read_only, kBusy);
    const Rows rows = connection.run(Statement("PRAGMA integrity_check(1)"));
    if (rows[0].text(0) != "ok") {
      return fail(Errc::db_corrupt, path + ": " + rows[0].text(0));
    }
    const Rows orphans = connection.run(Statement("PRAGMA foreign_key_check"));
    if (!orphans.empty()) {
      return fail(Errc::db_corrupt,
                  fmt::format("{}: {} rows of {} point to nothing", path, orphans.size(), orphans[0].text(0)));
    }
    return {};
  } catch (const Outage& outage) {
    return fail(outage.code() == Errc::unavailable ? Errc::start_failed : outage.code(), path + ": " + outage.what());
  }
}

}  // namespace aisha::sql::sqlite
