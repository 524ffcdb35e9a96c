// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "stores/unit/unit_of_work.hpp"

/// Which styles are liked by the same people.
namespace aisha::stores::style_neighbours {

struct Neighbour {
  std::string style;
  std::string neighbour;
  double likeness = 0;  ///< above 0, at most 1
};

/// These in place of all there were.
void replace(UnitOfWork& unit, const std::vector<Neighbour>& neighbours);
/// The nearest of each style first.
Task<std::vector<Neighbour>> all(UnitOfWork& unit);

}  // namespace aisha::stores::style_neighbours
