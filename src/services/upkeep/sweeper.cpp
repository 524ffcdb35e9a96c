// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/sweeper.hpp"

#include <set>

#include "services/gallery/gallery.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/pictures/generations.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kBatch = 100;

}  // namespace

Task<void> Sweeper::run() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const TimePoint before = unit.now() - context_.policy.retention;
  stores::inbox::sweep(unit, before);
  stores::outbox::sweep(unit, before);
  stores::provider_events::sweep(unit, before);
  co_await unit.commit();
  co_await empty_trash();
}

Task<void> Sweeper::empty_trash() {
  stores::UnitOfWork reading(context_.db, context_.rng);
  const TimePoint before = reading.now() - std::chrono::days(context_.policy.trash_days);
  const auto pictures = co_await stores::generations::purge_candidates(reading, before, kBatch);
  std::vector<std::string> keys;
  for (const domain::Generation& picture : pictures) {
    // An imported picture may have none.
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
      stores::UnitOfWork unit(context_.db, context_.rng);
      stores::generations::purge(unit, picture.id);
      co_await unit.commit();
    }
  }
}

}  // namespace aisha::services
