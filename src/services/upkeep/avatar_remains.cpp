// SPDX-License-Identifier: Apache-2.0
#include "services/upkeep/avatar_remains.hpp"

#include "stores/people/avatars.hpp"
#include "stores/pictures/file_ids.hpp"

namespace aisha::services {
namespace {

constexpr std::int64_t kBatch = 100;

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
    stores::UnitOfWork unit(context.db, context.rng);
    stores::avatars::empty(unit, avatar.id, columns);
    stores::file_ids::forget_of(unit, avatar.user_id, "faces");
    co_await unit.commit();
  }
}

}  // namespace aisha::services
