// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace aisha::services {
namespace {

using stores::style_neighbours::Neighbour;

/// Of so many people who like both, half is believed.
constexpr double kDoubt = 20;

double likeness_of(std::int64_t one, std::int64_t other, std::int64_t both) {
  const auto n = static_cast<double>(both);
  return n / std::sqrt(static_cast<double>(one) * static_cast<double>(other)) * n / (n + kDoubt);
}

}  // namespace

std::size_t LikedTogether::number_of(const std::string& style) {
  const auto [found, is_new] = numbers_.emplace(style, numbers_.size());
  if (is_new) {
    for (auto& row : both_) {
      row.push_back(0);
    }
    both_.emplace_back(numbers_.size(), 0);
  }
  return found->second;
}

void LikedTogether::add(const std::vector<std::string>& liked) {
  std::vector<std::size_t> numbers;
  numbers.reserve(liked.size());
  for (const std::string& style : liked) {
    numbers.push_back(number_of(style));
  }
  for (const std::size_t one : numbers) {
    for (const std::size_t other : numbers) {
      ++both_[one][other];
    }
  }
}

std::vector<Neighbour> LikedTogether::nearest(std::size_t most) const {
  std::vector<Neighbour> out;
  for (const auto& [style, i] : numbers_) {
    std::vector<Neighbour> near;
    for (const auto& [other, j] : numbers_) {
      if (i != j && both_[i][j] > 0) {
        near.push_back({style, other, likeness_of(both_[i][i], both_[j][j], both_[i][j])});
      }
    }
    const auto kept = near.begin() + static_cast<std::ptrdiff_t>(std::min(most, near.size()));
    std::ranges::partial_sort(near, kept, [](const Neighbour& a, const Neighbour& b) {
      return std::tie(b.likeness, a.neighbour) < std::tie(a.likeness, b.neighbour);
    });
    out.insert(out.end(), std::make_move_iterator(near.begin()), std::make_move_iterator(kept));
  }
  return out;
}

Likeness::Likeness(const std::vector<Neighbour>& neighbours) {
  for (const Neighbour& one : neighbours) {
    styles_[one.style].push_back({one.neighbour, one.likeness});
  }
  for (auto& [style, near] : styles_) {
    std::ranges::sort(near, [](const Near& a, const Near& b) {
      return std::tie(b.likeness, a.style) < std::tie(a.likeness, b.style);
    });
  }
}

double Likeness::of(std::string_view style, std::string_view neighbour) const {
  const auto row = styles_.find(style);
  if (row == styles_.end()) {
    return 0;
  }
  const auto found = std::ranges::find(row->second, neighbour, &Near::style);
  return found == row->second.end() ? 0 : found->likeness;
}

std::vector<std::string> Likeness::nearest(std::string_view style) const {
  std::vector<std::string> out;
  if (const auto row = styles_.find(style); row != styles_.end()) {
    for (const Near& near : row->second) {
      out.push_back(near.style);
    }
  }
  return out;
}

}  // namespace aisha::services
