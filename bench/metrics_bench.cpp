// SPDX-License-Identifier: Apache-2.0
// What counting costs where it is done: on every update and every call.
#include <benchmark/benchmark.h>

#include "base/metrics.hpp"

namespace {

using namespace aisha::metrics;

void count(benchmark::State& state) {
  Registry registry;
  Counter& counter = registry.counter("n_total", "");
  for (auto _ : state) {
    counter.add();
  }
}
BENCHMARK(count);

void observe(benchmark::State& state) {
  Registry registry;
  Histogram& histogram = registry.histogram("h", "", kQuick);
  double value = 0.004;
  for (auto _ : state) {
    benchmark::DoNotOptimize(value);
    histogram.observe(value);
  }
}
BENCHMARK(observe);

/// Finding a series by its labels, for the callers that cannot keep a reference.
void find_and_count(benchmark::State& state) {
  Registry registry;
  for (auto _ : state) {
    registry.counter("n_total", "", {{"method", "editMessageMedia"}, {"outcome", "ok"}}).add();
  }
}
BENCHMARK(find_and_count);

}  // namespace
