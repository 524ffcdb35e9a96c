// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <vector>

#include "bench/tastes/world.hpp"

namespace aisha::bench {

/// Of one person: whether the style they keep next stands among the first six.
struct Hits {
  bool ours = false;
  bool popularity = false;
  bool oracle = false;
  bool random = false;
  /// The same style looked for among the six of somebody else, who has not made it either.
  bool exchanged = false;
  bool exchanged_popularity = false;
};

/// Lets the product see the deeds of the world, on SQLite in memory, and asks it for each person's shelf.
std::vector<Hits> replay(const World& world);

/// What came of many people.
struct Score {
  std::size_t people = 0;
  double ours = 0;
  double popularity = 0;
  double oracle = 0;
  double random = 0;
  double exchanged = 0;
  double exchanged_popularity = 0;
  /// What ours hits more than popularity: the paired 95 % interval.
  double low = 0;
  double high = 0;
};
Score score(const std::vector<Hits>& hits);

/// The three worlds, each over all seeds.
struct Worlds {
  Score none;  ///< a share of taste of 0
  Score half;  ///< 0.5
  Score most;  ///< 0.75
};
/// Prints what was measured and what misses its threshold; true: nothing does.
bool judge(const Worlds& worlds);

}  // namespace aisha::bench
