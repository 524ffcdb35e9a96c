// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/avatar_remains.hpp"

#include "stores/people/avatars.hpp"
#include "stores/photos/consents.hpp"
#include "stores/photos/photo_sets.hpp"
#include "stores/photos/training_photos.hpp"
#include "stores/pictures/file_ids.hpp"

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

}  // namespace

Task<void> empty_avatars(Context context) {
  stores::UnitOfWork reading(context.db, context.rng);
  const TimePoint before = reading.now() - std::chrono::days(context.policy.trash_days);
  const auto avatars = co_await stores::avatars::to_empty(reading, before, kBatch);
  if (avatars.empty()) {
    co_return;
  }
  const auto columns = co_await stores::avatars::columns(reading);
  for (const domain::Avatar& avatar : avatars) {
    co_await empty(context, avatar, columns, true);
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
