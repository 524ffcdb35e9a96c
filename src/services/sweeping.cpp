// SPDX-License-Identifier: Apache-2.0
#include "services/sweeping.hpp"

#include <set>

#include "services/gallery.hpp"
#include "stores/generations.hpp"
#include "stores/inbox.hpp"
#include "stores/outbox.hpp"
#include "stores/provider_events.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kBatch = 100;

}  // namespace

Task<void> Sweeping::run() {
  stores::UnitOfWork unit(ground_.db, ground_.rng);
  const TimePoint before = unit.now() - ground_.policy.retention;
  stores::inbox::sweep(unit, before);
  stores::outbox::sweep(unit, before);
  stores::provider_events::sweep(unit, before);
  co_await unit.commit();
  co_await empty_trash();
}

Task<void> Sweeping::empty_trash() {
  stores::UnitOfWork reading(ground_.db, ground_.rng);
  const TimePoint before = reading.now() - std::chrono::days(ground_.policy.trash_days);
  const auto pictures = co_await stores::generations::purge_candidates(reading, before, kBatch);
  std::vector<std::string> keys;
  for (const domain::Generation& picture : pictures) {
    // An adopted picture may have none.
    if (!picture.object_key.empty()) {
      keys.push_back(picture.object_key);
      keys.push_back(thumbnail_key(picture));
    }
  }
  // Objects first: a row without its object is forgotten next time, an object without a row would stay for ever.
  const auto left = co_await blobs_.remove_all(blobs::Bucket::generated, std::move(keys));
  const std::set<std::string> stuck(left.begin(), left.end());
  for (const domain::Generation& picture : pictures) {
    if (!stuck.contains(picture.object_key) && !stuck.contains(thumbnail_key(picture))) {
      stores::UnitOfWork unit(ground_.db, ground_.rng);
      stores::generations::purge(unit, picture.id);
      co_await unit.commit();
    }
  }
}

}  // namespace aisha::services
