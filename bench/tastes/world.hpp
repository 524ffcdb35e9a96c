// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <random>
#include <vector>

/// A crowd with hidden tastes. It knows nothing of the product and the product nothing of it: what leaves it are deeds,
/// and, for those who judge, what each person would do next.
namespace aisha::bench {

struct WorldPlan {
  std::uint64_t seed = 1;
  int people = 6'000;
  int styles = 40;
  int groups = 6;    ///< of people with one taste
  double taste = 0;  ///< share of taste in what people do; the rest is popularity
};

/// Somebody made a picture.
struct Deed {
  int person = 0;
  int days_ago = 0;
  int style = 0;
  bool kept = false;
  bool dropped = false;
};

class World {
 public:
  explicit World(const WorldPlan& plan);

  const WorldPlan& plan() const { return plan_; }
  /// Everything that was done; all that a recommender may see.
  const std::vector<Deed>& deeds() const { return deeds_; }
  /// The shelf on which a style lies: that of its taste for half of them, any for the others.
  int category(int style) const { return categories_[static_cast<std::size_t>(style)]; }

  bool has_made(int person, int style) const { return made_[at(person, style)]; }
  /// The style that the person keeps next of those they have never made; -1: they have made all.
  int target(int person) const { return targets_[static_cast<std::size_t>(person)]; }
  /// How likely it is to be that one, but for a factor: what only an oracle knows.
  double chance(int person, int style) const;

 private:
  using Weights = std::vector<double>;

  void spread_tastes();
  void live(int person);
  double below_one() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }
  bool suits(int person, int style) const;
  double keeps(int person, int style) const;
  std::size_t at(int person, int style) const {
    return static_cast<std::size_t>(person) * static_cast<std::size_t>(plan_.styles) + static_cast<std::size_t>(style);
  }

  WorldPlan plan_;
  std::mt19937_64 random_;
  std::vector<int> group_of_style_;
  std::vector<int> categories_;
  std::vector<int> group_of_person_;
  std::vector<Weights> choices_;  ///< by group: how likely each style is to be made
  std::vector<bool> made_;
  std::vector<int> targets_;
  std::vector<Deed> deeds_;
};

}  // namespace aisha::bench
