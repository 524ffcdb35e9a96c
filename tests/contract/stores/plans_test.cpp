// SPDX-License-Identifier: Apache-2.0
// How PostgreSQL finds rows in a table that has grown. AISHA_TEST_ROWS=1000000 grows it further.
#include <fmt/format.h>

#include <algorithm>

#include "sql/postgres/wire.hpp"
#include "stores/batches/batches.hpp"
#include "stores/batches/families.hpp"
#include "stores/people/actor_row.hpp"
#include "stores/pictures/own_pages.hpp"
#include "stores/pictures/user_days.hpp"
#include "tests/contract/stores/world.hpp"
#include "tests/fakes/recording_database.hpp"

namespace aisha {
namespace {

using stores::UnitOfWork;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::PostgresServer;
using testing::StoreTest;

/// Ten thousand people with pictures of their own, written past triggers and foreign keys.
constexpr const char* kGrow =
    "SET session_replication_role = replica;"
    "INSERT INTO generation_requests (id, user_id, prompt, model, price, chat_id, local_day, status, bucket, "
    "object_key,"
    " width, height, bytes, sha256, content_type, created_at, finished_at)"
    " SELECT gen_random_uuid(), ('00000000-0000-7000-8000-' || lpad((n % 10000)::text, 12, '0'))::uuid, 'p', 'm',"
    " 5, n, to_char(t, 'YYYY-MM-DD'), 'ready', 'b', 'k' || n, 1, 1, 1, repeat('a', 64), 'image/jpeg', t, t"
    " FROM (SELECT n, timestamptz '2026-01-01' + n * interval '1 second' AS t FROM generate_series(1, %ROWS%) n) rows;"
    "ANALYZE generation_requests";

class Plans : public StoreTest {
 protected:
  Plans() {
    if (!is_postgres()) {
      return;
    }
    const char* wanted = std::getenv("AISHA_TEST_ROWS");
    std::string grow = kGrow;
    grow.replace(grow.find("%ROWS%"), 6, wanted == nullptr ? "50000" : wanted);
    session().run(grow);
  }

  sql::postgres::Session session() { return PostgresServer::session(engine_->url()); }

  /// The plan that serves every person alike, whatever the figures of one.
  template <class Verb>
  std::string plan_of(Verb verb) {
    fakes::RecordingDatabase recording(db());
    UnitOfWork unit(recording, rng_);
    run(verb(unit));
    const sql::Statement& statement = recording.statements.at(0);
    std::string values;
    for (const sql::Value& value : statement.params) {
      const auto parameter = sql::postgres::encode(value, 0);
      values += fmt::format("{}'{}'", values.empty() ? "" : ", ", parameter.data);
    }
    auto to = session();
    to.run(fmt::format("SET plan_cache_mode = force_generic_plan; PREPARE asked AS {}", statement.text.c_str()));
    std::string plan;
    for (const auto& line : to.rows(fmt::format("EXPLAIN EXECUTE asked({})", values))) {
      plan += line.at(0) + "\n";
    }
    return plan;
  }

  Uuid somebody() { return *Uuid::parse("00000000-0000-7000-8000-000000000042"); }
};
INSTANTIATE_TEST_SUITE_P(Engines, Plans, ::testing::ValuesIn(testing::engines()), testing::case_name);

TEST_P(Plans, AGalleryPageIsReadFromItsIndexInItsOrder) {
  if (!is_postgres()) {
    GTEST_SKIP() << "the plans of PostgreSQL";
  }
  const std::string first =
      plan_of([&](UnitOfWork& u) { return stores::requests::history(u, somebody(), std::nullopt, 50); });
  EXPECT_THAT(first, HasSubstr("Index Scan Backward using generation_days"));
  EXPECT_THAT(first, Not(ContainsRegex("Sort|Seq Scan")));
  const stores::requests::Cursor before{"2026-01-15", somebody()};
  const std::string behind =
      plan_of([&](UnitOfWork& u) { return stores::requests::history(u, somebody(), before, 50); });
  EXPECT_THAT(behind, HasSubstr("Index Scan Backward using generation_days"));
  EXPECT_THAT(behind, Not(ContainsRegex("Sort|Seq Scan")));
}

TEST_P(Plans, WhatThePressOfAButtonReadsNeverScansTheTable) {
  if (!is_postgres()) {
    GTEST_SKIP() << "the plans of PostgreSQL";
  }
  const std::string before =
      plan_of([&](UnitOfWork& u) { return stores::requests::before(u, "tap:1:2:3", somebody()); });
  EXPECT_THAT(before, HasSubstr("generation_open"));
  EXPECT_THAT(before, HasSubstr("request_keys_pkey"));
  EXPECT_THAT(before, HasSubstr("request_key > "));
  EXPECT_THAT(before, Not(HasSubstr("Seq Scan")));
  const std::string one = plan_of([&](UnitOfWork& u) { return stores::requests::load(u, somebody()); });
  EXPECT_THAT(one, HasSubstr("generation_requests_pkey"));
}

TEST_P(Plans, OwnFiguresNeverScanTheTable) {
  if (!is_postgres()) {
    GTEST_SKIP() << "the plans of PostgreSQL";
  }
  const std::string figures =
      plan_of([&](UnitOfWork& u) { return stores::user_days::figures(u, somebody(), "2026-01-01"); });
  EXPECT_THAT(figures, HasSubstr("generation_bin"));
  EXPECT_THAT(figures, HasSubstr("generation_requests_pkey"));
  EXPECT_THAT(figures, Not(HasSubstr("Seq Scan on generation_requests")));
}

TEST_P(Plans, FamiliesAndBatchesNeverScanTheTable) {
  if (!is_postgres()) {
    GTEST_SKIP() << "the plans of PostgreSQL";
  }
  const std::string family =
      plan_of([&](UnitOfWork& u) { return stores::families::children(u, somebody(), somebody(), {}, 8); });
  EXPECT_THAT(family, HasSubstr("generation_by_parent"));
  EXPECT_THAT(family, Not(HasSubstr("Seq Scan on generation_requests")));
  const std::string batch = plan_of([&](UnitOfWork& u) { return stores::batches::find(u, somebody()); });
  EXPECT_THAT(batch, HasSubstr("generation_by_batch"));
  EXPECT_THAT(batch, Not(HasSubstr("Seq Scan on generation_requests")));
  const std::string card = plan_of(
      [&](UnitOfWork& u) { return stores::own_pages::picture(u, somebody(), somebody(), domain::OwnOrder::days); });
  EXPECT_THAT(card, HasSubstr("generation_by_parent"));
  EXPECT_THAT(card, Not(HasSubstr("Seq Scan on generation_requests")));
}

TEST_P(Plans, WhoActsIsReadByIndexesBeforeTheServerHasFiguresOfTheTables) {
  if (!is_postgres()) {
    GTEST_SKIP() << "the plans of PostgreSQL";
  }
  const std::string who = plan_of([&](UnitOfWork& u) { return stores::actor_row::find(u, 42, 42); });
  EXPECT_THAT(who, HasSubstr("users_telegram_id_key"));
  EXPECT_THAT(who, HasSubstr("avatars_by_user"));
  EXPECT_THAT(who, HasSubstr("avatar_bin_pkey"));
  EXPECT_THAT(who, Not(ContainsRegex("Hash|Seq Scan")));
}

}  // namespace
}  // namespace aisha
