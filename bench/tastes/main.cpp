// SPDX-License-Identifier: Apache-2.0
// How well the shelf "for you" foretells what people keep next, in worlds where the answer is known:
//   bench_tastes [SEED...] [--people 6000]
// Exit status 1 when a threshold is missed.
#include <CLI/CLI.hpp>

#include "bench/tastes/replay.hpp"

int main(int argc, char** argv) {
  using namespace aisha::bench;
  std::vector<std::uint64_t> seeds{1, 2, 3, 4, 5};
  WorldPlan plan;
  CLI::App command("How well the shelf \"for you\" foretells what people keep next");
  command.add_option("seeds", seeds, "of the worlds");
  command.add_option("--people", plan.people, "in each of them");
  CLI11_PARSE(command, argc, argv);
  const auto over_all = [&](double taste) {
    std::vector<Hits> hits;
    for (const std::uint64_t seed : seeds) {
      plan.seed = seed;
      plan.taste = taste;
      const std::vector<Hits> more = replay(World(plan));
      hits.insert(hits.end(), more.begin(), more.end());
    }
    return score(hits);
  };
  return judge({over_all(0), over_all(0.5), over_all(0.75)}) ? 0 : 1;
}
