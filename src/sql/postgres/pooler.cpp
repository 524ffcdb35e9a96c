// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/pooler.hpp"

#include <poll.h>

#include <array>
#include <map>
#include <optional>

#include "base/log.hpp"
#include "sql/postgres/conninfo.hpp"
#include "sql/postgres/pg.hpp"

namespace aisha::sql::postgres {
namespace {

constexpr int kPatienceMs = 2'000;

PgPtr open_plainly(const Options& options) {
  Options direct = options;
  direct.pooled = false;
  return PgPtr(PQconnectdb(conninfo_of(direct, Access::migrate).c_str()));
}

bool is_open(const PgPtr& pg) {
  return pg && PQstatus(pg.get()) == CONNECTION_OK;
}

bool does(PGconn* pg, const char* sql) {
  const ResultPtr result(PQexec(pg, sql));
  const auto status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

bool has_our_settings(PGconn* pg, const std::string& schema) {
  const ResultPtr result(PQexec(pg, "SHOW search_path"));
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK &&
         std::string_view(PQgetvalue(result.get(), 0, 0)).starts_with(schema);
}

/// Its answer, if it comes soon: a pool of one connection, held by somebody else, gives none.
bool runs_prepared(PGconn* pg) {
  if (PQsendQueryPrepared(pg, "aisha_probe", 0, nullptr, nullptr, nullptr, 0) != 1) {
    return false;
  }
  while (PQisBusy(pg) == 1) {
    pollfd readable{.fd = PQsocket(pg), .events = POLLIN, .revents = 0};
    if (::poll(&readable, 1, kPatienceMs) <= 0 || PQconsumeInput(pg) != 1) {
      return false;
    }
  }
  const ResultPtr result(PQgetResult(pg));
  return PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

/// Prepared in one transaction, used in another while somebody else holds the connection that knows it.
bool keeps_prepared(PGconn* pg, const Options& options) {
  const ResultPtr prepared(PQprepare(pg, "aisha_probe", "SELECT 1", 0, nullptr));
  if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) {
    return false;
  }
  const PgPtr other = open_plainly(options);
  if (!is_open(other) || !does(other.get(), "BEGIN")) {
    return true;  // no second connection: says nothing about the first
  }
  const bool kept = runs_prepared(pg);
  does(other.get(), "ROLLBACK");
  return kept;
}

/// Nothing: nobody answers.
std::optional<bool> find_out(const Options& options) {
  const PgPtr pg = open_plainly(options);
  if (!is_open(pg)) {
    const std::string_view why = pg ? PQerrorMessage(pg.get()) : "";
    return why.find("unsupported startup parameter") != std::string_view::npos ? std::optional(true) : std::nullopt;
  }
  return !has_our_settings(pg.get(), options.schema) || !keeps_prepared(pg.get(), options);
}

}  // namespace

bool is_pooled(const Options& options) {
  // Asked by whoever opens something at this address, for the life of the process.
  static std::map<std::string, bool> known;
  const auto found = known.find(options.url);
  if (found != known.end()) {
    return found->second;
  }
  const auto pooled = find_out(options);
  if (pooled) {
    known.emplace(options.url, *pooled);
    if (*pooled) {
      log::warn(
          "the database is behind a pooler in transaction mode: statements go unprepared, and processes hear of "
          "each other's work within a second instead of at once");
    }
  }
  return pooled.value_or(false);
}

bool is_bracket(std::string_view sql) {
  return sql == "BEGIN" || sql == "COMMIT" || sql == "ROLLBACK";
}

}  // namespace aisha::sql::postgres
