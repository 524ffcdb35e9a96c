// SPDX-License-Identifier: Apache-2.0
// The queues with 50,000 open rows in 20,000 lanes, on SQLite in memory and on the PostgreSQL of AISHA_TEST_POSTGRES
// (tools/servers postgres -- build/release/bench_queue). Times are of the whole verb, the way to the server included.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/rng.hpp"
#include "sql/postgres/postgres_database.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "tests/fakes/loop.hpp"

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

class Bench {
 public:
  virtual ~Bench() = default;

  template <class T>
  T run(Task<T> task) {
    return loop_.run(std::move(task));
  }

  void fill() {
    const std::string body(1'000, 'x');
    sql::Batch batch;
    batch.push_back({sql::Statement("DELETE FROM inbox"), std::nullopt});
    batch.push_back({sql::Statement(kFill, database_->now(), body), std::nullopt});
    run(database_->write(std::move(batch))).value();
    run(database_->write({{sql::Statement("ANALYZE"), std::nullopt}})).value();
  }

  sql::Database& database() { return *database_; }
  Rng& rng() { return rng_; }

 protected:
  fakes::Loop loop_;
  SeededRng rng_{1};
  std::unique_ptr<sql::Database> database_;
};

class SqliteBench final : public Bench {
 public:
  SqliteBench() {
    sql::sqlite::Options options;
    options.path = ":memory:";
    options.inline_mode = true;
    auto opened = sql::sqlite::open(std::move(options), loop_.executor());
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    database_ = std::move(opened->database);
  }
};

class PostgresBench final : public Bench {
 public:
  explicit PostgresBench(const char* url) {
    sql::postgres::Options options;
    options.url = url;
    auto opened = sql::postgres::open(std::move(options), loop_.executor());
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    database_ = std::move(opened->database);
  }
};

std::unique_ptr<Bench> open(benchmark::State& state) {
  const char* server = std::getenv("AISHA_TEST_POSTGRES");
  if (state.range(0) != 0 && server == nullptr) {
    state.SkipWithError("AISHA_TEST_POSTGRES is not set");
    return nullptr;
  }
  std::unique_ptr<Bench> bench;
  if (state.range(0) != 0) {
    bench = std::make_unique<PostgresBench>(server);
  } else {
    bench = std::make_unique<SqliteBench>();
  }
  bench->fill();
  return bench;
}

void claim_one(benchmark::State& state) {
  const auto bench = open(state);
  for (auto _ : state) {
    stores::UnitOfWork unit(bench->database(), bench->rng());
    auto taken = bench->run(inbox::claim(unit, kBot, 1, kLease));
    benchmark::DoNotOptimize(taken);
  }
}
BENCHMARK(claim_one)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

void next_due(benchmark::State& state) {
  const auto bench = open(state);
  for (auto _ : state) {
    stores::UnitOfWork unit(bench->database(), bench->rng());
    benchmark::DoNotOptimize(bench->run(inbox::next_due(unit)));
  }
}
BENCHMARK(next_due)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

/// An update of an idle lane, stored and ended: what every press pays.
void store_and_end(benchmark::State& state) {
  const auto bench = open(state);
  std::int64_t id = 1'000'000;
  for (auto _ : state) {
    stores::UnitOfWork unit(bench->database(), bench->rng());
    std::vector<inbox::Update> one;
    one.push_back({++id, kLanes + id, "callback_query", std::string(1'000, 'x')});
    const auto intake = bench->run(inbox::put(unit, kBot, std::move(one), kLease));
    inbox::done(unit, intake.taken.at(0));
    bench->run(unit.commit()).value();
  }
}
BENCHMARK(store_and_end)->ArgName("postgres")->Arg(0)->Arg(1)->Iterations(5'000)->Unit(benchmark::kMicrosecond);

}  // namespace
