// SPDX-License-Identifier: Apache-2.0
// How the engines find rows of a queue that has grown: by one probe of an index.
#include <fmt/format.h>

#include <list>

#include "sql/postgres/prepared.hpp"
#include "sql/postgres/wire.hpp"
#include "tests/contract/stores/world.hpp"
#include "tests/fakes/recording_database.hpp"

namespace aisha {
namespace {

namespace inbox = stores::inbox;
namespace outbox = stores::outbox;
using stores::UnitOfWork;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PostgresServer;
using testing::StoreTest;

constexpr std::int64_t kBot = 7;

/// 20,000 rows wait in 5,000 lanes behind their heads, as many are done.
constexpr sql::Text kUpdates =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
    " INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, due_at, received_at)"
    " SELECT 7, i, i % 5000, 'message', $2, CASE WHEN i <= 20000 THEN 'new' ELSE 'done' END,"
    " CASE WHEN i <= 5000 THEN $1 END, $1 FROM n";
constexpr sql::Text kSqliteMessages =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
    " INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, idempotent, state, next_at, due_at, created_at, "
    "done_at)"
    " SELECT randomblob(16), 'k' || i, i % 5000, i, 'notice', $2, true,"
    " CASE WHEN i <= 20000 THEN 'pending' ELSE 'sent' END, $1, CASE WHEN i <= 5000 THEN $1 END, $1,"
    " CASE WHEN i > 20000 THEN $1 END FROM n";

class QueuePlans : public StoreTest {
 protected:
  QueuePlans() {
    fill(kUpdates);
    fill(is_postgres() ? with_uuids() : kSqliteMessages);
    if (is_postgres()) {
      session().run("ANALYZE inbox; ANALYZE outbox");
    }
  }

  sql::postgres::Session session() { return PostgresServer::session(engine_->url()); }
  void fill(sql::Text text) {
    // As long as a press: the planners weigh an index against the pages of the table.
    const std::string body(1'000, 'x');
    run(db().write({{sql::Statement(text, clock_.now(), body), std::nullopt}})).value();
  }
  sql::Text kept(std::string text) { return sql::Text::lasting(texts_.emplace_back(std::move(text)).c_str()); }

  sql::Text with_uuids() {
    std::string text = kSqliteMessages.c_str();
    const std::string_view ours = "randomblob(16)";
    return kept(text.replace(text.find(ours), ours.size(), "gen_random_uuid()"));
  }

  /// The plan of the verb's last statement: on PostgreSQL the one that serves all parameters alike.
  template <class Verb>
  std::string plan_of(Verb verb) {
    fakes::RecordingDatabase recording(db());
    UnitOfWork unit(recording, rng_);
    verb(unit);
    const sql::Statement& statement = recording.statements.at(0);
    return is_postgres() ? postgres_plan(statement) : sqlite_plan(statement);
  }

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

  /// Reads no table and no index from one end to the other, and sorts nothing.
  static void expect_probes(const std::string& plan, const std::string& index) {
    EXPECT_THAT(plan, HasSubstr(index));
    EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|Sort|SCAN (inbox|outbox|i|p)|TEMP B-TREE")));
  }

  std::list<std::string> texts_;
};
INSTANTIATE_TEST_SUITE_P(Engines, QueuePlans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(QueuePlans, AClaimProbesTheHeadsThatAreDue) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(inbox::claim(u, kBot, 8, testing::kLease)); }), "inbox_due");
  expect_probes(plan_of([&](UnitOfWork& u) { run(outbox::claim(u, 8, testing::kLease)); }), "outbox_due");
}

TEST_P(QueuePlans, TheNextThatFallsDueIsTheFirstOfItsIndex) {
  expect_probes(plan_of([&](UnitOfWork& u) { run(inbox::next_due(u)); }), "inbox_due");
  expect_probes(plan_of([&](UnitOfWork& u) { run(outbox::next_due(u)); }), "outbox_due");
}

TEST_P(QueuePlans, AnArrivalLooksForTheHeadOfItsLaneAlone) {
  const auto put = [&](UnitOfWork& u) {
    std::vector<inbox::Update> one;
    one.push_back({100'000, 5, "message", "{}"});
    run(inbox::put(u, kBot, std::move(one), testing::kLease));
  };
  const std::string plan = plan_of(put);
  EXPECT_THAT(plan, HasSubstr("inbox_lane"));
  EXPECT_THAT(plan, Not(ContainsRegex("Seq Scan|Sort|SCAN inbox|TEMP B-TREE")));
}

TEST_P(QueuePlans, TheNextOfALaneIsFoundByItsLane) {
  const auto taken = ask([&](UnitOfWork& u) { return inbox::claim(u, kBot, 1, testing::kLease); });
  const auto end = [&](UnitOfWork& u) {
    inbox::done(u, taken.at(0));
    EXPECT_TRUE(run(u.commit()));
  };
  fakes::RecordingDatabase recording(db());
  UnitOfWork unit(recording, rng_);
  end(unit);
  const sql::Statement& promote = recording.statements.at(1);
  expect_probes(is_postgres() ? postgres_plan(promote) : sqlite_plan(promote), "inbox_lane");
}

TEST_P(QueuePlans, ASweepFindsItsBatchByAge) {
  const std::string updates = plan_of([&](UnitOfWork& u) { run(inbox::sweep(u, u.now(), 1'000)); });
  EXPECT_THAT(updates, HasSubstr("inbox_old"));
  EXPECT_THAT(updates, Not(ContainsRegex("Seq Scan|Sort|SCAN inbox")));
  const std::string messages = plan_of([&](UnitOfWork& u) { run(outbox::sweep(u, u.now(), 1'000)); });
  EXPECT_THAT(messages, HasSubstr("outbox_old"));
  EXPECT_THAT(messages, Not(ContainsRegex("Seq Scan|Sort|SCAN outbox")));
}

}  // namespace
}  // namespace aisha
