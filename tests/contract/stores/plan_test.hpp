// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <fmt/format.h>

#include <list>
#include <string>

#include "sql/postgres/prepared.hpp"
#include "sql/postgres/wire.hpp"
#include "tests/contract/stores/world.hpp"
#include "tests/fakes/recording_database.hpp"

namespace aisha::testing {

/// Fixture that tells how an engine means to find the rows of a verb's statement.
class PlanTest : public StoreTest {
 protected:
  sql::postgres::Session session() { return PostgresServer::session(engine_->url()); }

  template <class... Args>
  void fill(sql::Text text, Args&&... args) {
    sql::Batch batch;
    batch.push_back({sql::Statement(text, std::forward<Args>(args)...), std::nullopt});
    run(db().write(std::move(batch))).value();
  }
  /// With `randomblob(16)`, SQLite's random id, as each engine writes it.
  sql::Text with_ids(std::string text) {
    constexpr std::string_view kOurs = "randomblob(16)";
    for (auto at = text.find(kOurs); is_postgres() && at != std::string::npos; at = text.find(kOurs)) {
      text.replace(at, kOurs.size(), "gen_random_uuid()");
    }
    return kept(std::move(text));
  }
  /// Once the tables are full: the planner of a server goes by their figures, and by what needs no look at the table.
  void analyze() {
    if (is_postgres()) {
      session().run("VACUUM ANALYZE");
    }
  }

  /// What a plan says that finds a row of the inbox by its key.
  std::string by_key() { return is_postgres() ? "inbox_pkey" : "(bot_id=? AND update_id=?)"; }

  /// The plan of one of the verb's statements: on PostgreSQL the one that serves all parameters alike.
  template <class Verb>
  std::string plan_of(Verb verb, std::size_t which = 0) {
    fakes::RecordingDatabase recording(db());
    UnitOfWork unit(recording, rng_);
    verb(unit);
    const sql::Statement& statement = recording.statements.at(which);
    return is_postgres() ? postgres_plan(statement) : sqlite_plan(statement);
  }

 private:
  sql::Text kept(std::string text) { return sql::Text::lasting(texts_.emplace_back(std::move(text)).c_str()); }

  std::string sqlite_plan(sql::Statement statement) {
    statement.text = kept(std::string("EXPLAIN QUERY PLAN ") + statement.text.c_str());
    std::string plan;
    for (const sql::Row row : run(db().read(std::move(statement)))) {
      plan += row.text(3) + "\n";
    }
    return plan;
  }

  std::string postgres_plan(const sql::Statement& statement) {
    // As the driver declares them.
    constexpr const char* kTypes[] = {"unknown", "bigint",  "float8", "unknown",
                                      "bytea",   "boolean", "uuid",   "timestamptz"};
    std::string values;
    std::string types;
    for (const sql::Value& value : statement.params) {
      values += fmt::format("{}'{}'", values.empty() ? "" : ", ", sql::postgres::encode(value, 0).data);
      types += fmt::format("{}{}", types.empty() ? "(" : ", ", kTypes[value.data().index()]);
    }
    types += types.empty() ? "" : ")";
    auto to = session();
    to.run(fmt::format("SET plan_cache_mode = force_generic_plan; PREPARE asked {} AS {}", types,
                       sql::postgres::server_text(sql::postgres::Command(statement))));
    std::string plan;
    for (const auto& line :
         to.rows(fmt::format("EXPLAIN EXECUTE asked{}", values.empty() ? values : "(" + values + ")"))) {
      plan += line.at(0) + "\n";
    }
    return plan;
  }

  std::list<std::string> texts_;
};

}  // namespace aisha::testing
