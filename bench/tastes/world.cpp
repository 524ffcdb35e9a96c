// SPDX-License-Identifier: Apache-2.0
#include "bench/tastes/world.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aisha::bench {
namespace {

constexpr int kLongestAgo = 60;
constexpr int kFewestDeeds = 3;
constexpr int kMostDeeds = 25;
constexpr double kSteepness = 0.9;  // of popularity by place
constexpr double kSteepnessOfTaste = 0.5;
constexpr double kRelated = 0.5;  // styles on the shelf of their taste
constexpr double kKept = 0.25;
constexpr double kKeptMore = 0.35;  // what suits, at a share of 1
constexpr double kDropped = 0.08;
constexpr double kDroppedMore = 0.2;  // what does not

std::vector<int> shuffled(int count, std::mt19937_64& random) {
  std::vector<int> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), 0);
  std::ranges::shuffle(out, random);
  return out;
}

void normalise(std::vector<double>& weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) {
    weight /= sum;
  }
}

}  // namespace

World::World(const WorldPlan& plan) : plan_(plan), random_(plan.seed) {
  spread_tastes();
  made_.assign(static_cast<std::size_t>(plan_.people) * static_cast<std::size_t>(plan_.styles), false);
  for (int person = 0; person < plan_.people; ++person) {
    group_of_person_.push_back(between(0, plan_.groups - 1));
    live(person);
  }
}

void World::spread_tastes() {
  const auto styles = static_cast<std::size_t>(plan_.styles);
  group_of_style_.resize(styles);
  categories_.resize(styles);
  const std::vector<int> order = shuffled(plan_.styles, random_);
  for (std::size_t i = 0; i < styles; ++i) {
    group_of_style_[static_cast<std::size_t>(order[i])] = static_cast<int>(i) % plan_.groups;
  }
  for (std::size_t i = 0; i < styles; ++i) {
    categories_[i] = below_one() < kRelated ? group_of_style_[i] : between(0, plan_.groups - 1);
  }
  Weights popular(styles);
  const std::vector<int> places = shuffled(plan_.styles, random_);
  for (std::size_t i = 0; i < styles; ++i) {
    popular[i] = std::pow(places[i] + 1, -kSteepness);
  }
  normalise(popular);
  for (int group = 0; group < plan_.groups; ++group) {
    Weights liked(styles, 0);
    for (std::size_t i = 0; i < styles; ++i) {
      liked[i] =
          group_of_style_[i] == group ? std::pow(between(1, plan_.styles / plan_.groups), -kSteepnessOfTaste) : 0;
    }
    normalise(liked);
    for (std::size_t i = 0; i < styles; ++i) {
      liked[i] = plan_.taste * liked[i] + (1 - plan_.taste) * popular[i];
    }
    choices_.push_back(std::move(liked));
  }
}

void World::live(int person) {
  const Weights& choice = choices_[static_cast<std::size_t>(group_of_person_.back())];
  std::discrete_distribution<int> next(choice.begin(), choice.end());
  const int deeds = between(kFewestDeeds, kMostDeeds);
  for (int i = 0; i < deeds; ++i) {
    Deed deed;
    deed.person = person;
    deed.style = next(random_);
    deed.days_ago = between(0, kLongestAgo);
    deed.kept = below_one() < keeps(person, deed.style);
    const double dropped = kDropped + (suits(person, deed.style) ? 0 : kDroppedMore * plan_.taste);
    deed.dropped = !deed.kept && below_one() < dropped;
    made_[at(person, deed.style)] = true;
    deeds_.push_back(deed);
  }
  Weights unused(choice.size(), 0);
  for (int style = 0; style < plan_.styles; ++style) {
    unused[static_cast<std::size_t>(style)] = has_made(person, style) ? 0 : chance(person, style);
  }
  const bool any = std::ranges::any_of(unused, [](double weight) { return weight > 0; });
  targets_.push_back(any ? std::discrete_distribution<int>(unused.begin(), unused.end())(random_) : -1);
}

bool World::suits(int person, int style) const {
  return group_of_person_[static_cast<std::size_t>(person)] == group_of_style_[static_cast<std::size_t>(style)];
}

double World::keeps(int person, int style) const {
  return kKept + (suits(person, style) ? kKeptMore * plan_.taste : 0);
}

double World::chance(int person, int style) const {
  const auto group = static_cast<std::size_t>(group_of_person_[static_cast<std::size_t>(person)]);
  return choices_[group][static_cast<std::size_t>(style)] * keeps(person, style);
}

}  // namespace aisha::bench
