// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "bench/tastes/replay.hpp"

namespace aisha::bench {
namespace {

constexpr double kNormal95 = 1.96;

void print(const char* share, const Score& score) {
  fmt::print("{:<5} {:>7} {:>10.3f} {:>6.3f} {:>6.3f} {:>6.3f} {:>9.2f} {:>9.2f}  {:+.3f} .. {:+.3f}  {:>9.2f}\n",
             share, score.people, score.popularity, score.ours, score.oracle, score.random,
             score.ours / score.popularity, score.ours / score.oracle, score.low, score.high,
             score.exchanged / score.exchanged_popularity);
}

bool holds(bool is_so, const char* what) {
  if (!is_so) {
    fmt::print("missed: {}\n", what);
  }
  return is_so;
}

}  // namespace

Score score(const std::vector<Hits>& hits) {
  Score out;
  out.people = hits.size();
  const auto n = static_cast<double>(hits.size());
  double squares = 0;
  for (const Hits& one : hits) {
    out.ours += one.ours / n;
    out.popularity += one.popularity / n;
    out.oracle += one.oracle / n;
    out.random += one.random / n;
    out.exchanged += one.exchanged / n;
    out.exchanged_popularity += one.exchanged_popularity / n;
    squares += one.ours == one.popularity ? 0 : 1;
  }
  const double mean = out.ours - out.popularity;
  const double half = kNormal95 * std::sqrt((squares / n - mean * mean) / n);
  out.low = mean - half;
  out.high = mean + half;
  return out;
}

bool judge(const Worlds& worlds) {
  fmt::print("taste  people popularity   ours oracle random ours/pop. ours/orac.     more than pop.  exchanged/pop.\n");
  print("0", worlds.none);
  print("0.5", worlds.half);
  print("0.75", worlds.most);
  bool good = holds(worlds.most.ours >= 1.8 * worlds.most.popularity, "0.75: 1.8 times popularity");
  good = holds(worlds.most.ours >= 0.75 * worlds.most.oracle, "0.75: three quarters of the oracle") && good;
  good = holds(worlds.half.ours >= 1.1 * worlds.half.popularity, "0.5: 1.1 times popularity") && good;
  good = holds(worlds.half.low > 0, "0.5: an interval above 0") && good;
  good = holds(worlds.none.ours >= 0.93 * worlds.none.popularity, "0: 0.93 of popularity") && good;
  for (const Score* score : {&worlds.none, &worlds.half, &worlds.most}) {
    good = holds(score->exchanged <= 1.05 * score->exchanged_popularity,
                 "histories exchanged between people bring nothing (1.05 of popularity)") &&
           good;
  }
  return good;
}

}  // namespace aisha::bench
