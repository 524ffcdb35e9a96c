// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/avatar_remains.hpp"

#include <string>
#include <vector>

#include "base/log.hpp"
#include "blobs/key.hpp"
#include "services/upkeep/bucket_owner.hpp"
#include "stores/people/avatar_details.hpp"
#include "stores/people/avatars.hpp"
#include "stores/photos/consents.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/pictures/file_ids.hpp"
#include "stores/upkeep/identity.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kBatch = 100;

/// Its photos go by rows of their own, each behind its object (PhotoIntake).
Task<void> empty(Context context, domain::Avatar avatar, stores::avatars::Columns columns, bool is_binned) {
  stores::UnitOfWork unit(context.db, context.rng);
  stores::training_photos::remove_all(unit, avatar.id);
  stores::consents::withdraw(unit, avatar.id);
  if (!is_binned) {
    stores::avatars::bin(unit, avatar.user_id, avatar.id);
  }
  stores::avatars::empty(unit, avatar.id, columns);
  stores::file_ids::forget_of(unit, avatar.user_id, "faces");
  const auto emptied = co_await unit.commit();
  if (emptied) {
    context.signals.photos.notify();
  }
}

/// Of its own objects but its photos; a face that the program carries has a name without a folder.
Task<std::vector<std::string>> objects_of(stores::UnitOfWork& unit, domain::Avatar avatar) {
  std::vector<std::string> keys;
  if (avatar.photo.contains('/') && blobs::is_valid_key(avatar.photo)) {
    keys.push_back(avatar.photo);
  }
  auto details = co_await stores::avatar_details::find(unit, avatar.id);
  if (details && details->lora) {
    keys.push_back(std::move(details->lora->key));
  }
  co_return keys;
}

/// False: they are still there.
Task<bool> remove_objects(stores::UnitOfWork& unit, blobs::BlobStore& blobs, std::vector<std::string> keys) {
  if (keys.empty()) {
    co_return true;
  }
  const Uuid database = co_await stores::identity::load(unit);
  const auto owned = co_await check_bucket(blobs, database);
  if (!owned) {
    log::warn("a deleted avatar's objects stay for now: {} [{}]", owned.error().detail, code_of(owned.error().code));
    co_return false;
  }
  const auto left = co_await blobs.remove_all(blobs::Bucket::generated, std::move(keys));
  co_return left.empty();
}

}  // namespace

Task<void> empty_avatars(Context context, blobs::BlobStore& blobs) {
  stores::UnitOfWork reading(context.db, context.rng);
  const TimePoint before = reading.now() - std::chrono::days(context.policy.trash_days);
  const auto avatars = co_await stores::avatars::to_empty(reading, before, kBatch);
  if (avatars.empty()) {
    co_return;
  }
  const auto columns = co_await stores::avatars::columns(reading);
  for (const domain::Avatar& avatar : avatars) {
    auto keys = co_await objects_of(reading, avatar);
    const bool are_gone = co_await remove_objects(reading, blobs, std::move(keys));
    if (are_gone) {
      co_await empty(context, avatar, columns, true);
    }
  }
}

Task<void> forget_drafts(Context context) {
  stores::UnitOfWork reading(context.db, context.rng);
  const auto drafts = co_await stores::photo_sets::expired(reading, reading.now(), kBatch);
  if (drafts.empty()) {
    co_return;
  }
  const auto columns = co_await stores::avatars::columns(reading);
  for (const domain::Avatar& draft : drafts) {
    co_await empty(context, draft, columns, false);
  }
}

}  // namespace aisha::services
