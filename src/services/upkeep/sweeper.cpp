// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/sweeper.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "base/log.hpp"
#include "cache/recall.hpp"
#include "services/upkeep/avatar_remains.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/jobs/jobs.hpp"
#include "stores/jobs/provider_events.hpp"
#include "stores/jobs/provider_files.hpp"
#include "stores/pictures/requests.hpp"
#include "stores/queue/inbox_rows.hpp"
#include "stores/queue/outbox_rows.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kRows = 1'000;   ///< deleted in one transaction
constexpr std::int64_t kTrash = 500;    ///< pictures of one round
constexpr std::size_t kForgotten = 50;  ///< of them in one transaction, so that nobody waits for it

/// Of their objects; an imported picture may have none.
std::vector<std::string> keys_of(const std::vector<domain::Picture>& pictures) {
  std::vector<std::string> keys;
  for (const domain::Picture& picture : pictures) {
    if (!picture.object.key.empty()) {
      keys.push_back(picture.object.key);
      keys.push_back(domain::thumbnail_key(picture.created_at, picture.id));
    }
  }
  return keys;
}

}  // namespace

Task<void> Sweeper::run() {
  co_await steps_.run("lanes", mend_lanes());
  const TimePoint before = context_.db.now() - context_.policy.retention;
  co_await steps_.run("old_updates", sweep_rows(stores::inbox::sweep, before));
  co_await steps_.run("old_messages", sweep_rows(stores::outbox::sweep, before));
  co_await steps_.run("old_provider_events", sweep_rows(stores::provider_events::sweep, before));
  co_await steps_.run("old_jobs", sweep_rows(stores::jobs::sweep, before));
  co_await steps_.run("provider_files", sweep_rows(stores::provider_files::sweep, context_.db.now()));
  co_await steps_.run("trash", empty_trash());
  co_await steps_.run("avatars", empty_avatars(context_));
}

Task<void> Sweeper::mend_lanes() {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const std::int64_t updates = co_await stores::inbox::mend(unit);
  const std::int64_t messages = co_await stores::outbox::mend(unit);
  if (updates + messages > 0) {
    log::error("lanes without a head: {} of updates, {} of messages", updates, messages);
    context_.metrics.lanes_mended(updates + messages);
    context_.signals.inbox.notify();
    context_.signals.outbox.notify();
  }
}

/// Batch by batch, so that nobody waits for a day's rows to go.
Task<void> Sweeper::sweep_rows(Sweep sweep, TimePoint before) {
  std::int64_t gone = kRows;
  while (gone == kRows) {
    stores::UnitOfWork unit(context_.db, context_.rng);
    gone = co_await sweep(unit, before, kRows);
  }
}

Task<void> Sweeper::empty_trash() {
  stores::UnitOfWork reading(context_.db, context_.rng);
  const TimePoint before = reading.now() - std::chrono::days(context_.policy.trash_days);
  // Objects go before their rows are emptied: by then nobody may bring a picture back.
  const auto old = co_await stores::requests::purge_candidates(reading, before, kTrash);
  if (old.empty()) {
    co_return;
  }
  stores::UnitOfWork dooming(context_.db, context_.rng);
  for (const domain::Picture& picture : old) {
    stores::requests::doom(dooming, picture.id, before);
  }
  const auto doomed = co_await dooming.commit();
  if (!doomed) {
    co_return;
  }
  auto pictures = co_await stores::requests::purge_candidates(reading, domain::kForEver + Millis(1), kTrash);
  std::vector<std::string> keys = keys_of(pictures);
  if (!keys.empty()) {
    const Uuid database = co_await stores::identity::load(reading);
    const auto owned = co_await check_bucket(blobs_, database);
    if (!owned && owned.error().code == Errc::db_foreign) {
      log::error("the trash is not emptied: {} [{}]", owned.error().detail, code_of(owned.error().code));
      co_return;
    }
  }
  // Objects first: a row without its object is forgotten next time, an object without a row would stay for ever.
  const auto left = co_await blobs_.remove_all(blobs::Bucket::generated, std::move(keys));
  const std::set<std::string> stuck(left.begin(), left.end());
  std::erase_if(pictures, [&](const domain::Picture& picture) {
    return stuck.contains(picture.object.key) || stuck.contains(domain::thumbnail_key(picture.created_at, picture.id));
  });
  const std::span<const domain::Picture> all(pictures);
  for (std::size_t at = 0; at < all.size(); at += kForgotten) {
    co_await forget(all.subspan(at, std::min(kForgotten, all.size() - at)));
  }
}

/// In one transaction, or one by one when another process has forgotten one of them.
Task<void> Sweeper::forget(std::span<const domain::Picture> pictures) {
  std::set<Uuid> owners;
  for (const domain::Picture& picture : pictures) {
    owners.insert(picture.user_id);
  }
  for (const Uuid& owner : owners) {
    co_await cache::forget_pictures(context_.cache, owner);
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  for (const domain::Picture& picture : pictures) {
    stores::requests::purge(unit, picture);
  }
  const auto forgotten = co_await unit.commit();
  if (forgotten || pictures.size() == 1) {
    co_return;
  }
  for (std::size_t at = 0; at < pictures.size(); ++at) {
    co_await forget(pictures.subspan(at, 1));
  }
}

}  // namespace aisha::services
