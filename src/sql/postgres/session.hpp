// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "sql/postgres/pg.hpp"
#include "sql/postgres/postgres_database.hpp"

namespace aisha::sql::postgres {

/// A blocking connection for what happens before the loop runs. Throws Outage, and std::logic_error for refused SQL.
class Session {
 public:
  explicit Session(const Options& options);

  /// One or several statements without parameters.
  void run(const std::string& sql);
  /// Rows as text, NULL as "".
  std::vector<std::vector<std::string>> rows(const std::string& sql);
  std::string value(const std::string& sql);
  std::string quoted(const std::string& text) const;

 private:
  ResultPtr exec(const std::string& sql);

  PgPtr pg_;
  std::string prelude_;  ///< behind a pooler
};

}  // namespace aisha::sql::postgres
