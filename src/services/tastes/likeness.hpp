// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "stores/tastes/style_neighbours.hpp"

namespace aisha::services {

/// Counts people by what they like, and says which styles are liked together.
class LikedTogether {
 public:
  /// The styles that one person likes, each once.
  void add(const std::vector<std::string>& liked);
  /// Of each style its `most` nearest, nearest first: cosine, drawn towards 0 where few people like both.
  std::vector<stores::style_neighbours::Neighbour> nearest(std::size_t most) const;

 private:
  std::size_t number_of(const std::string& style);

  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<std::vector<std::int64_t>> both_;  ///< people who like both; on the diagonal those who like the one
};

/// How like styles are, as far as it is stored.
class Likeness {
 public:
  Likeness() = default;
  explicit Likeness(const std::vector<stores::style_neighbours::Neighbour>& neighbours);

  /// 0 for what is no neighbour of `style`.
  double of(std::string_view style, std::string_view neighbour) const;
  /// Nearest first.
  std::vector<std::string> nearest(std::string_view style) const;
  bool empty() const { return styles_.empty(); }

 private:
  struct Near {
    std::string style;
    double likeness = 0;
  };
  std::map<std::string, std::vector<Near>, std::less<>> styles_;
};

}  // namespace aisha::services
