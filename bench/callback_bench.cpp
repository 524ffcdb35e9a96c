// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "bot/dispatch/callback_data.hpp"

namespace {

using namespace aisha;

void encode_generate(benchmark::State& state) {
  const bot::create::Generate route{"business", 3};
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::encode(route));
  }
}
BENCHMARK(encode_generate);

void decode_generate(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::decode("1g:business:3:5"));
  }
}
BENCHMARK(decode_generate);

void decode_id(benchmark::State& state) {
  Uuid id;
  id.bytes.fill(0x5A);
  const std::string data = bot::encode(bot::picture::Download{id});
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::decode(data));
  }
}
BENCHMARK(decode_id);

void refuse_foreign(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(bot::decode("gen_template:business"));
  }
}
BENCHMARK(refuse_foreign);

}  // namespace
