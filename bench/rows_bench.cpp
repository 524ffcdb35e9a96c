// SPDX-License-Identifier: Apache-2.0
// What the loops ask of a database that bench/rows/fill has filled: AISHA_BENCH_DATABASE=sqlite:PATH | postgres://...
// Claims and sweeps change it. Times are of the whole verb, the way to the server and the commit included.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "bench/bench_database.hpp"
#include "stores/jobs/job_claims.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace {

using namespace aisha;
using domain::JobKindName;
using domain::JobState;
using stores::UnitOfWork;

constexpr Millis kLease{3'600'000};
constexpr std::int64_t kBot = 7;
constexpr std::int64_t kBatch = 1'000;

/// One for all of them: opening is not what is timed.
bench::Database* database() {
  static const char* url = std::getenv("AISHA_BENCH_DATABASE");
  static const std::unique_ptr<bench::Database> opened =
      url == nullptr ? nullptr : std::make_unique<bench::Database>(std::string(url));
  return opened.get();
}

template <class Ask>
void time(benchmark::State& state, Ask ask) {
  bench::Database* at = database();
  if (at == nullptr) {
    state.SkipWithError("AISHA_BENCH_DATABASE is not set");
    return;
  }
  for (auto _ : state) {
    UnitOfWork unit(at->database(), at->rng());
    benchmark::DoNotOptimize(at->run(ask(unit)));
  }
}

void claim_job(benchmark::State& state) {
  time(state,
       [](UnitOfWork& u) { return stores::job_claims::claim(u, JobKindName::picture, JobState::queued, 1, kLease); });
}
void next_job_due(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::job_claims::next_due(u, JobKindName::picture, JobState::queued); });
}
void place_in_the_queue(benchmark::State& state) {
  time(state, [](UnitOfWork& u) {
    domain::Job last;
    last.next_at = u.now() + Millis(86'400'000);
    return stores::job_claims::queue_ahead(u, last);
  });
}
void usual_time(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::job_claims::last_times(u, "fal-ai/flux-lora", 50); });
}
void figures_of_open_jobs(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::job_claims::open_jobs(u); });
}
void claim_update(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::inbox::claim(u, kBot, 1, kLease); });
}
void next_update_due(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::inbox::next_due(u); });
}
void claim_message(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::outbox::claim(u, 1, kLease); });
}
void next_message_due(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::outbox::next_due(u); });
}
void look_into_the_trash(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::requests::purge_candidates(u, u.now(), 100); });
}
void sweep_updates(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::inbox::sweep(u, u.now(), kBatch); });
}
void sweep_messages(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::outbox::sweep(u, u.now(), kBatch); });
}
void sweep_events(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::provider_events::sweep(u, u.now(), kBatch); });
}
void sweep_jobs(benchmark::State& state) {
  time(state, [](UnitOfWork& u) { return stores::jobs::sweep(u, u.now(), kBatch); });
}

BENCHMARK(claim_job)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(next_job_due)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(place_in_the_queue)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(usual_time)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(figures_of_open_jobs)->Iterations(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(claim_update)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(next_update_due)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(claim_message)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(next_message_due)->Iterations(2'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(look_into_the_trash)->Iterations(200)->Unit(benchmark::kMicrosecond);
// As often as the two days of a million pictures have full batches.
BENCHMARK(sweep_updates)->Iterations(10)->Unit(benchmark::kMicrosecond);
BENCHMARK(sweep_messages)->Iterations(2)->Unit(benchmark::kMicrosecond);
BENCHMARK(sweep_events)->Iterations(2)->Unit(benchmark::kMicrosecond);
BENCHMARK(sweep_jobs)->Iterations(2)->Unit(benchmark::kMicrosecond);

}  // namespace
