// SPDX-License-Identifier: Apache-2.0
// The queues with 50,000 open rows in 20,000 lanes, on SQLite in memory and on the PostgreSQL of AISHA_TEST_POSTGRES
// (tools/servers postgres -- build/release/bench_queue). Times are of the whole verb, the way to the server included.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "bench/bench_database.hpp"
#include "stores/queue/inbox_rows.hpp"

namespace {

using namespace aisha;
namespace inbox = stores::inbox;

constexpr std::int64_t kBot = 7;
constexpr std::int64_t kLanes = 20'000;
constexpr Millis kLease{3'600'000};

constexpr sql::Text kFill =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)"
    " INSERT INTO inbox (bot_id, update_id, lane, kind, body, state, due_at, received_at)"
    " SELECT 7, i, i % 20000, 'callback_query', $2, CASE WHEN i <= 50000 THEN 'new' ELSE 'done' END,"
    " CASE WHEN i <= 20000 THEN $1 END, $1 FROM n";

void fill(bench::Database& database) {
  const std::string body(1'000, 'x');
  sql::Batch batch;
  batch.push_back({sql::Statement("DELETE FROM inbox"), std::nullopt});
  batch.push_back({sql::Statement(kFill, database.database().now(), body), std::nullopt});
  database.run(database.database().write(std::move(batch))).value();
  database.run(database.database().write({{sql::Statement("ANALYZE"), std::nullopt}})).value();
}

std::unique_ptr<bench::Database> open(benchmark::State& state) {
  const char* server = std::getenv("AISHA_TEST_POSTGRES");
  if (state.range(0) != 0 && server == nullptr) {
    state.SkipWithError("AISHA_TEST_POSTGRES is not set");
    return nullptr;
  }
  auto database = std::make_unique<bench::Database>(state.range(0) != 0 ? server : "sqlite::memory:");
  fill(*database);
  return database;
}

void claim_one(benchmark::State& state) {
  const auto database = open(state);
  for (auto _ : state) {
    stores::UnitOfWork unit(database->database(), database->rng());
    auto taken = database->run(inbox::claim(unit, kBot, 1, kLease));
    benchmark::DoNotOptimize(taken);
  }
}
BENCHMARK(claim_one)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

void next_due(benchmark::State& state) {
  const auto database = open(state);
  for (auto _ : state) {
    stores::UnitOfWork unit(database->database(), database->rng());
    benchmark::DoNotOptimize(database->run(inbox::next_due(unit)));
  }
}
BENCHMARK(next_due)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

/// An update of an idle lane, stored and ended: what every press pays.
void store_and_end(benchmark::State& state) {
  const auto database = open(state);
  std::int64_t id = 1'000'000;
  for (auto _ : state) {
    stores::UnitOfWork unit(database->database(), database->rng());
    std::vector<inbox::Update> one;
    one.push_back({++id, kLanes + id, "callback_query", std::string(1'000, 'x')});
    const auto intake = database->run(inbox::put(unit, kBot, std::move(one), kLease));
    inbox::done(unit, intake.taken.at(0));
    database->run(unit.commit()).value();
  }
}
BENCHMARK(store_and_end)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

}  // namespace
