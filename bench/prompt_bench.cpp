// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "domain/prompt.hpp"
#include "domain/prompt_text.hpp"

namespace {

using namespace aisha::domain;

void build_template_prompt(benchmark::State& state) {
  const PromptParts parts{"ohwx woman", "", true,
                          "professional business portrait, tailored suit, modern office behind, soft window light, "
                          "confident friendly look, 85mm lens, shallow depth of field",
                          "high detail"};
  for (auto _ : state) {
    benchmark::DoNotOptimize(build_prompt(parts));
  }
}
BENCHMARK(build_template_prompt);

void check_typed_prompt(benchmark::State& state) {
  std::string typed;
  while (count_code_points(typed) < static_cast<std::size_t>(state.range(0))) {
    typed += "в красном пальто на мосту, вечер, дождь ";
  }
  typed = shorten(typed, static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(check_prompt(typed));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(typed.size()) * state.iterations());
}
BENCHMARK(check_typed_prompt)->Arg(40)->Arg(1000);

}  // namespace
