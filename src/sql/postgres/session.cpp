// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/session.hpp"

#include <memory>
#include <stdexcept>

#include "sql/postgres/conninfo.hpp"
#include "sql/postgres/errors.hpp"

namespace aisha::sql::postgres {
namespace {

std::string first_line(std::string text) {
  return text.substr(0, text.find('\n'));
}

}  // namespace

Session::Session(const Options& options)
    : pg_(PQconnectdb(conninfo_of(options, Access::migrate).c_str())),
      prelude_(pooled_of(options, Access::migrate).prelude) {
  if (!pg_ || PQstatus(pg_.get()) != CONNECTION_OK) {
    throw Outage(Errc::unavailable, first_line(PQerrorMessage(pg_.get())));
  }
  PQsetNoticeProcessor(pg_.get(), [](void*, const char*) {}, nullptr);
}

ResultPtr Session::exec(const std::string& sql) {
  // Several statements of one text are one transaction.
  const std::string whole = prelude_.empty() || is_bracket(sql) ? sql : prelude_ + "; " + sql;
  ResultPtr result(PQexec(pg_.get(), whole.c_str()));
  const auto status = PQresultStatus(result.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
    return result;
  }
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  const Failure failure{state == nullptr ? "" : state, first_line(PQerrorMessage(pg_.get())), 0};
  std::rethrow_exception(exception_of(failure, Statement("while the schema was looked at or changed")));
}

void Session::run(const std::string& sql) {
  exec(sql);
}

std::vector<std::vector<std::string>> Session::rows(const std::string& sql) {
  const ResultPtr result = exec(sql);
  std::vector<std::vector<std::string>> all;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    auto& cells = all.emplace_back();
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      cells.emplace_back(PQgetvalue(result.get(), row, column));
    }
  }
  return all;
}

std::string Session::value(const std::string& sql) {
  const auto found = rows(sql);
  return found.empty() || found.front().empty() ? "" : found.front().front();
}

std::string Session::quoted(const std::string& text) const {
  const std::unique_ptr<char, decltype(&PQfreemem)> literal(PQescapeLiteral(pg_.get(), text.c_str(), text.size()),
                                                            PQfreemem);
  return literal.get();
}

}  // namespace aisha::sql::postgres
