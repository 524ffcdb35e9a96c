// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/uploads.hpp"

#include "base/log.hpp"
#include "stores/pictures/file_ids.hpp"

namespace aisha::services {
namespace {

constexpr std::size_t kFileIdsKept = 50'000;

}  // namespace

Task<std::optional<std::string>> Uploads::file_id(std::string key) {
  if (const auto known = file_ids_.find(key); known != file_ids_.end()) {
    co_return known->second;
  }
  stores::UnitOfWork unit(context_.db, context_.rng);
  auto found = co_await stores::file_ids::find(unit, bot_id_, key);
  if (found) {
    if (file_ids_.size() >= kFileIdsKept) {
      file_ids_.clear();
    }
    file_ids_.emplace(std::move(key), *found);
  }
  co_return found;
}

Task<void> Uploads::remember(std::string key, std::string file_id) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::file_ids::put(unit, bot_id_, key, file_id);
  file_ids_.insert_or_assign(key, std::move(file_id));
  try {
    co_await unit.commit();
  } catch (const sql::Outage& outage) {
    // A lost id costs one more upload; its message is sent, and must not look as if it was not.
    log::warn("the file id of {} is not kept: {}", key, outage.what());
  }
}

Task<void> Uploads::forget(std::string key) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  stores::file_ids::forget(unit, bot_id_, key);
  co_await unit.commit();
  file_ids_.erase(key);
}

}  // namespace aisha::services
