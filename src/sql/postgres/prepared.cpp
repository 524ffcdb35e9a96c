// SPDX-License-Identifier: Apache-2.0
#include "sql/postgres/prepared.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <stdexcept>

namespace aisha::sql::postgres {
namespace {

constexpr std::string_view kClaim = "/*skip locked*/)";
constexpr std::string_view kSubSelect = " IN (SELECT ";
constexpr std::string_view kShare = "/*share*/";

// Locks go with the sub-select that finds the rows: a CTE is worked out once, and so is an array. Of a plain IN the
// planner may make a join that takes more rows than the limit.
std::string with_claim(std::string text) {
  const auto claim = text.find(kClaim);
  if (claim == std::string::npos) {
    return text;
  }
  if (text.starts_with("WITH ")) {
    return text.replace(claim, kClaim.size(), "FOR UPDATE SKIP LOCKED)");
  }
  const auto sub_select = text.find(kSubSelect);
  if (sub_select == std::string::npos || sub_select > claim) {
    throw std::logic_error("a claim without IN (SELECT ...): " + text);
  }
  text.replace(claim, kClaim.size(), "FOR UPDATE SKIP LOCKED))");
  text.replace(sub_select, kSubSelect.size(), " = ANY (ARRAY(SELECT ");
  return text;
}

std::string with_locks(std::string text) {
  if (const auto share = text.find(kShare); share != std::string::npos) {
    text.replace(share, kShare.size(), "FOR SHARE");
  }
  return with_claim(std::move(text));
}

std::vector<Oid> types_of(const Command& command) {
  std::vector<Oid> types;
  for (const Value& value : command.statement.params) {
    types.push_back(declared_type(value));
  }
  if (command.count == Count::exactly) {
    types.push_back(declared_type(Value(command.rows)));
  }
  return types;
}

/// A command's parameters as libpq wants them.
struct Arguments {
  Arguments(const Command& command, const std::vector<Oid>& types) {
    parameters.reserve(command.statement.params.size() + 1);
    for (const Value& value : command.statement.params) {
      const std::size_t i = parameters.size();
      parameters.push_back(encode(value, i < types.size() ? types[i] : 0));
    }
    if (command.count == Count::exactly) {
      parameters.push_back(encode(Value(command.rows), types.back()));
    }
    for (const Parameter& parameter : parameters) {
      // A text with NUL inside ends there for libpq: PostgreSQL has no such texts.
      values.push_back(parameter.null ? nullptr : parameter.data.c_str());
      lengths.push_back(static_cast<int>(parameter.data.size()));
      formats.push_back(parameter.binary ? 1 : 0);
    }
  }
  int count() const { return static_cast<int>(values.size()); }

  std::vector<Parameter> parameters;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
};

}  // namespace

std::string server_text(const Command& command) {
  std::string text = with_locks(command.statement.text.c_str());
  if (command.count == Count::any) {
    return text;
  }
  if (text.find(" RETURNING ") != std::string::npos) {
    throw std::logic_error("a row count cannot be expected of RETURNING: " + text);
  }
  // The wrong count divides by zero (22012): an error without a function of ours on the server.
  return fmt::format("WITH w AS ({} RETURNING 1) SELECT 1 / (CASE WHEN count(*) = ${} THEN 1 ELSE 0 END) FROM w", text,
                     command.statement.params.size() + 1);
}

PreparedStatements::Entry* PreparedStatements::missing(const Command& command) {
  const auto [found, fresh] = entries_.try_emplace(key_of(command));
  Entry& entry = found->second;
  if (!fresh && !entry.refused) {
    return nullptr;
  }
  entry.refused.reset();
  entry.name = fmt::format("a{}", ++made_);
  entry.text = server_text(command);
  entry.types = types_of(command);
  return &entry;
}

bool PreparedStatements::prepare(PGconn* pg, const Entry& entry) const {
  return PQsendPrepare(pg, entry.name.c_str(), entry.text.c_str(), static_cast<int>(entry.types.size()),
                       entry.types.data()) == 1;
}

bool PreparedStatements::send(PGconn* pg, const Command& command) {
  const Entry& entry = entries_.at(key_of(command));
  const Arguments arguments(command, entry.types);
  return PQsendQueryPrepared(pg, entry.name.c_str(), arguments.count(), arguments.values.data(),
                             arguments.lengths.data(), arguments.formats.data(), 1) == 1;
}

bool send_unprepared(PGconn* pg, const std::string& text, const Command& command) {
  const std::vector<Oid> types = types_of(command);
  const Arguments arguments(command, types);
  return PQsendQueryParams(pg, text.c_str(), arguments.count(), types.data(), arguments.values.data(),
                           arguments.lengths.data(), arguments.formats.data(), 1) == 1;
}

const Failure* PreparedStatements::refusal_of(const Command& command) const {
  const auto found = entries_.find(key_of(command));
  return found != entries_.end() && found->second.refused ? &*found->second.refused : nullptr;
}

Rows rows_of(const PGresult* result, const Command& command) {
  Rows rows;
  if (command.count == Count::exactly) {
    rows.add_affected(command.rows);
    return rows;
  }
  const int columns = PQnfields(result);
  rows.set_columns(static_cast<std::size_t>(columns));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column) != 0) {
        rows.add_cell(Value());
        continue;
      }
      const std::string_view bytes(PQgetvalue(result, row, column),
                                   static_cast<std::size_t>(PQgetlength(result, row, column)));
      rows.add_cell(decode(PQftype(result, column), bytes));
    }
  }
  // "INSERT 0 3", "UPDATE 3"; a SELECT counts what it shows, which is not what is meant.
  const char* status = PQcmdStatus(const_cast<PGresult*>(result));
  if (std::strncmp(status, "SELECT", 6) != 0) {
    const std::string_view touched = PQcmdTuples(const_cast<PGresult*>(result));
    std::int64_t count = 0;
    std::from_chars(touched.data(), touched.data() + touched.size(), count);
    rows.add_affected(count);
  }
  return rows;
}

}  // namespace aisha::sql::postgres
