// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/world/universe.hpp"

namespace aisha::sim {

/// What became of one seed.
struct Report {
  std::uint64_t seed = 0;
  std::uint64_t hash = 0;
  std::vector<std::string> violations;
  std::int64_t jobs = 0;
  std::int64_t pictures = 0;
  std::int64_t exports = 0;  ///< that came to their end
  std::uint64_t crashes = 0;
  std::uint64_t zombies = 0;
  std::int64_t ambiguous = 0;  ///< submits whose answer was lost
  std::int64_t surplus = 0;    ///< pictures of fal that nobody waited for
  std::int64_t rerolls = 0;    ///< attempts made anew because a result was no good
  std::int64_t defects = 0;    ///< pictures that were no good to the end
  std::int64_t virtual_s = 0;

  std::string text() const;
};

/// Lives one universe from the first tap to quiet: people act and things go wrong, then nothing goes wrong any more and
/// everything must come to its end. The same plan gives the same report.
Report run(const Plan& plan);

}  // namespace aisha::sim
