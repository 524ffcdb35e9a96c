// SPDX-License-Identifier: Apache-2.0
#include "services/tastes/neighbour_counting.hpp"

#include <chrono>
#include <iterator>
#include <optional>

#include "services/tastes/taste.hpp"
#include "stores/tastes/style_neighbours.hpp"

namespace aisha::services {
namespace {

namespace chores = stores::chores;
namespace own_styles = stores::own_styles;

constexpr std::string_view kName = "style_neighbours";
constexpr Millis kOften{6 * 3'600'000};
constexpr Millis kLease{300'000};
/// What the loop thread counts at once, and after how many of them the lease is renewed.
constexpr std::int64_t kPage = 1'000;
constexpr int kPagesHeld = 20;
constexpr std::int64_t kMostPeople = 200'000;
constexpr std::size_t kNearest = 20;

/// Takes days as they come, person after person.
class PeopleCounted {
 public:
  PeopleCounted(LikedTogether& together, std::chrono::sys_days today) : together_(together), today_(today) {}

  void add(own_styles::PersonStyleDay& day) {
    if (day.user_id != person_) {
      finish();
      person_ = day.user_id;
    }
    if (!day.what.style.empty()) {
      days_.push_back(std::move(day.what));
    }
  }
  /// Whoever is in hand is complete.
  void finish() {
    std::vector<std::string> liked;
    for (StyleTaste& one : tastes_of(days_, today_)) {
      if (one.taste >= kLiked) {
        liked.push_back(std::move(one.style));
      }
    }
    together_.add(liked);
    people_ += days_.empty() ? 0 : 1;
    days_.clear();
  }
  std::int64_t people() const { return people_; }

 private:
  LikedTogether& together_;
  std::chrono::sys_days today_;
  Uuid person_;
  std::vector<own_styles::OwnStyleDay> days_;
  std::int64_t people_ = 0;
};

}  // namespace

Task<void> NeighbourCounting::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t goal = epoch_ms(unit.now()) / kOften.count();
  const auto claim = co_await chores::claim(unit, kName, goal, kLease);
  if (!claim) {
    co_return;
  }
  LikedTogether together;
  const bool all = co_await count(together, *claim);
  if (all) {
    stores::UnitOfWork ending(context_.db, context_.rng);
    chores::finish(ending, kName, *claim, goal);
    stores::style_neighbours::replace(ending, together.nearest(kNearest));
    // A conflict: another process has taken over, and counts anew.
    co_await ending.commit();
  }
}

/// False: another process has taken over.
Task<bool> NeighbourCounting::count(LikedTogether& together, chores::Claim claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto ends = co_await own_styles::ends(unit);
  if (!ends) {
    co_return true;
  }
  const Uuid begin = somebody(*ends);
  PeopleCounted counted(together, std::chrono::floor<std::chrono::days>(unit.now()));
  own_styles::Place place{begin, "", ""};
  bool round = false;  ///< past the last person, and on from the first
  for (int pages = 1; counted.people() < kMostPeople; ++pages) {
    auto page = co_await own_styles::behind(unit, place, kPage);
    if (pages % kPagesHeld == 0) {
      const bool held = co_await hold(claim);
      if (!held) {
        co_return false;
      }
    }
    bool met = false;
    for (own_styles::PersonStyleDay& day : page) {
      met = met || (round && day.user_id >= begin);
      place = {day.user_id, day.what.day, day.what.style};
      if (!met && counted.people() < kMostPeople) {
        counted.add(day);
      }
    }
    if (std::ssize(page) < kPage) {
      met = met || round;
      round = true;
      place = {};
    }
    if (met) {
      break;
    }
  }
  if (counted.people() < kMostPeople) {
    counted.finish();
  }
  co_return true;
}

Task<bool> NeighbourCounting::hold(chores::Claim claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  chores::renew(unit, kName, claim, kLease);
  const auto held = co_await unit.commit();
  co_return held.has_value();
}

/// Ids begin with the time somebody came: drawn evenly between the first and the last of them.
Uuid NeighbourCounting::somebody(const own_styles::Ends& ends) {
  Uuid id = Uuid::v7(ends.first.time(), context_.rng);
  const std::int64_t span = (ends.last.time() - ends.first.time()).count();
  if (span > 0) {
    id.stamp(ends.first.time() +
             Millis(static_cast<std::int64_t>(context_.rng.below(static_cast<std::uint64_t>(span) + 1))));
  }
  return id;
}

}  // namespace aisha::services
