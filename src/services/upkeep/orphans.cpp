// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/orphans.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/log.hpp"
#include "domain/avatar.hpp"
#include "domain/picture.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/people/avatar_details.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::services {
namespace {

constexpr std::string_view kName = "orphans";
constexpr Millis kLease{300'000};
constexpr std::chrono::days kRest{3};  // the day before the day before yesterday ended two days ago
constexpr std::size_t kPage = 500;
constexpr std::int64_t kPatience = 7;  // days: what is away for longer is lost, and keeps no later day from its turn

/// "2026/01/15/", as the keys of that day begin.
std::string prefix_of(std::chrono::sys_days day) {
  const std::string key = domain::object_key(day, {}, "");
  return key.substr(0, key.rfind('/') + 1);
}

struct Candidate {
  Uuid id;
  std::string key;
};

std::vector<Candidate> ours(std::vector<std::string> keys) {
  std::vector<Candidate> out;
  for (std::string& key : keys) {
    if (const auto id = domain::id_in_object_key(key)) {
      out.push_back({*id, std::move(key)});
    }
  }
  return out;
}

/// An open one may yet name either of its objects; a ready one names its picture, and with it the small one.
bool is_owned(const Candidate& object, const stores::requests::ObjectOwner& owner) {
  return owner.object_key.empty() || owner.object_key == object.key ||
         domain::thumbnail_key(object.id.time(), object.id) == object.key;
}

}  // namespace

Task<void> Orphans::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto newest = std::chrono::floor<std::chrono::days>(unit.now()) - kRest;
  const std::int64_t goal = newest.time_since_epoch().count();
  const auto claim = co_await stores::chores::claim(unit, kName, goal, kLease);
  if (!claim) {
    co_return;
  }
  const std::int64_t day = claim->mark == 0 ? goal : claim->mark + 1;
  const std::chrono::sys_days begin{std::chrono::days(day)};
  const bool ours = co_await may_remove();
  if (!ours) {
    co_return;
  }
  bool done = co_await sweep_day(begin, goal - day, *claim);
  if (done) {
    done = co_await sweep_avatars(newest, *claim);
  }
  if (done) {
    stores::UnitOfWork ending(context_.db, context_.rng);
    stores::chores::finish(ending, kName, *claim, day);
    // A conflict: another process has taken over, and does the day again.
    co_await ending.commit();
  }
}

Task<bool> Orphans::may_remove() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const Uuid database = co_await stores::identity::load(unit);
  const auto owned = co_await check_bucket(blobs_, database);
  if (!owned && owned.error().code == Errc::db_foreign) {
    log::error("no orphans are removed: {} [{}]", owned.error().detail, code_of(owned.error().code));
  } else if (!owned) {
    log::warn("no orphans are removed: {}", owned.error().detail);
  }
  co_return owned.has_value();
}

/// Of a day without a single object: rows name some of them, so that the listing is that of a drive that is not there.
Task<bool> Orphans::is_away(std::chrono::sys_days day, std::int64_t late) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  Uuid first;
  Uuid end;
  first.stamp(day);
  end.stamp(day + std::chrono::days(1));
  const bool named = co_await stores::requests::any_object(unit, first, end);
  if (!named) {
    co_return false;
  }
  const std::string prefix = prefix_of(day);
  if (late < kPatience) {
    log::warn("orphans of {}: rows name objects of that day and the store has none: looking again", prefix);
  } else {
    log::error("orphans of {}: rows name objects of that day and the store has none; passed over", prefix);
  }
  co_return late < kPatience;
}

/// False: not all of it could be looked at and removed. `late`: days after its turn.
Task<bool> Orphans::sweep_day(std::chrono::sys_days day, std::int64_t late, stores::chores::Claim claim) {
  const std::string prefix = prefix_of(day);
  std::string after;
  bool all = true;
  for (;;) {
    auto keys = co_await blobs_.list(blobs::Bucket::generated, prefix, after, kPage);
    if (!keys) {
      log::warn("orphans of {}: {}", prefix, keys.error().detail);
      co_return false;
    }
    if (keys->empty() && after.empty()) {
      const bool away = co_await is_away(day, late);
      co_return !away;
    }
    const bool last = keys->size() < kPage;
    after = keys->empty() ? "" : keys->back();
    auto lost = co_await lost_of(std::move(*keys));
    const bool removed = co_await remove(std::move(lost));
    all = all && removed;
    if (last) {
      co_return all;
    }
    const bool held = co_await hold(claim);
    if (!held) {
      co_return false;
    }
  }
}

/// Of the avatars that are there now, in the order of their keys.
Task<bool> Orphans::sweep_avatars(TimePoint before, stores::chores::Claim claim) {
  std::string after;
  for (;;) {
    auto keys = co_await blobs_.list(blobs::Bucket::generated, std::string(domain::kAvatarObjects), after, kPage);
    if (!keys) {
      log::warn("orphans of {}: {}", domain::kAvatarObjects, keys.error().detail);
      co_return false;
    }
    const bool last = keys->size() < kPage;
    after = keys->empty() ? "" : keys->back();
    auto lost = co_await lost_of_avatars(std::move(*keys), before);
    const bool removed = co_await remove(std::move(lost));
    if (!removed || last) {
      co_return removed;
    }
    const bool held = co_await hold(claim);
    if (!held) {
      co_return false;
    }
  }
}

/// Those of `keys` that are ours, older than `before`, and that no row names.
Task<std::vector<std::string>> Orphans::lost_of_avatars(std::vector<std::string> keys, TimePoint before) {
  std::vector<std::string> lost;
  std::vector<Uuid> avatars;
  for (std::string& key : keys) {
    const auto object = domain::read_avatar_object(key);
    if (object && object->file.time() < before) {
      avatars.push_back(object->avatar);
      lost.push_back(std::move(key));
    }
  }
  if (lost.empty()) {
    co_return lost;
  }
  const auto [first, last] = std::ranges::minmax(avatars);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto named = co_await stores::avatar_details::named_objects(unit, first, last);
  const std::set<std::string> kept(named.begin(), named.end());
  std::erase_if(lost, [&kept](const std::string& key) { return kept.contains(key); });
  co_return lost;
}

Task<bool> Orphans::remove(std::vector<std::string> lost) {
  if (lost.empty()) {
    co_return true;
  }
  const bool ours = co_await may_remove();
  if (!ours) {
    co_return false;
  }
  const auto count = std::ssize(lost);
  const auto left = co_await blobs_.remove_all(blobs::Bucket::generated, std::move(lost));
  const auto removed = count - std::ssize(left);
  log::info("{} objects removed that no row names, {} could not be", removed, left.size());
  context_.metrics.orphans_removed(removed);
  co_return left.empty();
}

/// Those of `keys` that are ours and that no row names.
Task<std::vector<std::string>> Orphans::lost_of(std::vector<std::string> keys) {
  std::vector<Candidate> objects = ours(std::move(keys));
  std::vector<std::string> lost;
  if (objects.empty()) {
    co_return lost;
  }
  const auto [first, last] = std::ranges::minmax(objects, {}, &Candidate::id);
  stores::UnitOfWork unit(context_.db, context_.rng);
  const auto owners = co_await stores::requests::object_owners(unit, first.id, last.id);
  std::map<Uuid, stores::requests::ObjectOwner> by_id;
  for (const auto& owner : owners) {
    by_id.emplace(owner.id, owner);
  }
  for (Candidate& object : objects) {
    const auto owner = by_id.find(object.id);
    if (owner != by_id.end() && is_owned(object, owner->second)) {
      continue;
    }
    // An imported picture may have its object under another id than its own.
    const bool named = co_await stores::requests::is_named(unit, object.key);
    if (!named) {
      lost.push_back(std::move(object.key));
    }
  }
  co_return lost;
}

/// Keeps the chore for a page more; false: another process has it.
Task<bool> Orphans::hold(stores::chores::Claim claim) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::chores::renew(unit, kName, claim, kLease);
  const auto held = co_await unit.commit();
  co_return held.has_value();
}

}  // namespace aisha::services
