// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstring>
#include <mutex>
#include <new>

namespace aisha::sql::sqlite {
namespace {

constexpr std::size_t kMaxParams = 99;

void configure_library() {
  static std::once_flag once;
  // Memory statistics take a global lock on every allocation of every connection.
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

int bind_value(sqlite3_stmt* statement, int slot, const Value& value) {
  struct Binder {
    sqlite3_stmt* statement;
    int slot;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, slot); }
    int operator()(std::int64_t v) const { return sqlite3_bind_int64(statement, slot, v); }
    int operator()(double v) const { return sqlite3_bind_double(statement, slot, v); }
    // The parameters outlive the statement's run, so nothing is copied.
    int operator()(const std::string& v) const {
      return sqlite3_bind_text64(statement, slot, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Bytes& v) const {
      return sqlite3_bind_blob64(statement, slot, v.data.data(), v.data.size(), SQLITE_STATIC);
    }
    int operator()(bool v) const { return sqlite3_bind_int(statement, slot, v ? 1 : 0); }
    int operator()(const Uuid& v) const {
      return sqlite3_bind_blob64(statement, slot, v.bytes.data(), v.bytes.size(), SQLITE_STATIC);
    }
    int operator()(TimePoint v) const { return sqlite3_bind_int64(statement, slot, epoch_ms(v)); }
  };
  return std::visit(Binder{statement, slot}, value.data());
}

Value cell_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    case SQLITE_BLOB: {
      const void* data = sqlite3_column_blob(statement, column);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      if (size == 16) {
        Uuid id;
        std::memcpy(id.bytes.data(), data, 16);
        return id;
      }
      return Bytes{size == 0 ? std::string() : std::string(static_cast<const char*>(data), size)};
    }
    default: return {};
  }
}

/// Leaves the statement ready for its next run, whatever happened in this one.
class Reset {
 public:
  explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
  ~Reset() { sqlite3_reset(statement_); }
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;

 private:
  sqlite3_stmt* statement_;
};

}  // namespace

void Connection::Closer::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

Connection::Connection(const std::string& path, Access access, Millis busy) {
  configure_library();
  const int mode = access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, mode | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) {
    raise(code, path.c_str());
  }
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, static_cast<int>(busy.count()));
  execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
      "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864");
  if (access == Access::read_only) {
    execute("PRAGMA query_only=ON");
  }
}

Connection::~Connection() {
  for (auto& [text, prepared] : cache_) {
    sqlite3_finalize(prepared.handle);
  }
}

void Connection::raise(int code, const char* sql) {
  const std::string text = fmt::format("sqlite {}: {} ({})", code, handle_ ? sqlite3_errmsg(handle_.get()) : "", sql);
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT: throw ConstraintViolation(text);
    case SQLITE_FULL: throw Outage(Errc::disk_full, text);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: throw Outage(Errc::db_corrupt, text);
    case SQLITE_NOMEM: throw std::bad_alloc();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT: throw Outage(Errc::unavailable, text);
    default: throw std::logic_error(text);
  }
}

void Connection::execute(const char* sql) {
  if (const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK) {
    raise(code, sql);
  }
}

Connection::Prepared& Connection::prepare(Text text) {
  Prepared& prepared = cache_[text.c_str()];
  if (prepared.handle != nullptr) {
    return prepared;
  }
  const int code =
      sqlite3_prepare_v3(handle_.get(), text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &prepared.handle, nullptr);
  if (code != SQLITE_OK) {
    cache_.erase(text.c_str());
    raise(code, text.c_str());
  }
  // SQLite numbers "$2" by first appearance; the name alone says which parameter it is.
  for (int slot = 1; slot <= sqlite3_bind_parameter_count(prepared.handle); ++slot) {
    const char* name = sqlite3_bind_parameter_name(prepared.handle, slot);
    const int number = name == nullptr ? 0 : std::atoi(name + 1);
    if (number < 1 || number > static_cast<int>(kMaxParams)) {
      throw std::logic_error(fmt::format("parameters are $1 to ${}: {}", kMaxParams, text.c_str()));
    }
    if (prepared.slots.size() < static_cast<std::size_t>(number)) {
      prepared.slots.resize(static_cast<std::size_t>(number));
    }
    prepared.slots[static_cast<std::size_t>(number) - 1] = slot;
  }
  return prepared;
}

void Connection::bind(const Prepared& prepared, const std::vector<Value>& params) {
  if (params.size() != prepared.slots.size()) {
    throw std::logic_error(
        fmt::format("{} parameters for {}: {}", params.size(), prepared.slots.size(), sqlite3_sql(prepared.handle)));
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (prepared.slots[i] == 0) {
      continue;
    }
    if (const int code = bind_value(prepared.handle, prepared.slots[i], params[i]); code != SQLITE_OK) {
      raise(code, sqlite3_sql(prepared.handle));
    }
  }
}

Rows Connection::run(const Statement& statement) {
  Prepared& prepared = prepare(statement.text);
  const Reset reset(prepared.handle);
  bind(prepared, statement.params);
  const int columns = sqlite3_column_count(prepared.handle);
  Rows rows(static_cast<std::size_t>(columns));
  int code = sqlite3_step(prepared.handle);
  for (; code == SQLITE_ROW; code = sqlite3_step(prepared.handle)) {
    for (int column = 0; column < columns; ++column) {
      rows.add_cell(cell_of(prepared.handle, column));
    }
  }
  if (code != SQLITE_DONE) {
    raise(code, statement.text.c_str());
  }
  if (sqlite3_stmt_readonly(prepared.handle) == 0) {
    rows.add_affected(sqlite3_changes64(handle_.get()));
  }
  return rows;
}

void Connection::step(Text text) {
  Prepared& prepared = prepare(text);
  const Reset reset(prepared.handle);
  if (const int code = sqlite3_step(prepared.handle); code != SQLITE_DONE) {
    raise(code, text.c_str());
  }
}

std::string_view Connection::run_next(std::string_view script) {
  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  const int prepared = sqlite3_prepare_v2(handle_.get(), script.data(), static_cast<int>(script.size()), &raw, &tail);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, &sqlite3_finalize);
  if (prepared != SQLITE_OK) {
    raise(prepared, "script");
  }
  int code = SQLITE_DONE;
  while (statement && (code = sqlite3_step(raw)) == SQLITE_ROW) {
  }
  if (code != SQLITE_DONE) {
    raise(code, sqlite3_sql(raw));
  }
  return script.substr(static_cast<std::size_t>(tail - script.data()));
}

std::int64_t Connection::number(const char* text) {
  sqlite3_stmt* raw = nullptr;
  const int prepared = sqlite3_prepare_v2(handle_.get(), text, -1, &raw, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(raw, &sqlite3_finalize);
  const int code = prepared == SQLITE_OK ? sqlite3_step(raw) : prepared;
  if (code != SQLITE_ROW && code != SQLITE_DONE) {
    raise(code, text);
  }
  return code == SQLITE_ROW ? sqlite3_column_int64(raw, 0) : 0;
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

}  // namespace aisha::sql::sqlite
