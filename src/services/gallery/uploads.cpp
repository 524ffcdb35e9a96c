// SPDX-License-Identifier: Apache-2.0
#include "services/gallery/uploads.hpp"

#include <algorithm>
#include <iterator>

#include "base/log.hpp"
#include "stores/pictures/file_ids.hpp"

namespace aisha::services {
namespace {

namespace file_ids = stores::file_ids;

constexpr std::size_t kFileIdsKept = 50'000;
constexpr Millis kOwnedKept{3'600'000};

}  // namespace

const Uploads::Known* Uploads::known(const std::string& key) const {
  const auto found = file_ids_.find(key);
  if (found == file_ids_.end()) {
    return nullptr;
  }
  const auto& until = found->second.until;
  return until && *until <= context_.clock.now() ? nullptr : &found->second;
}

void Uploads::keep(std::string key, std::string file_id, bool is_owned) {
  if (file_ids_.size() >= kFileIdsKept) {
    file_ids_.clear();
  }
  const auto until = is_owned ? std::optional(context_.clock.now() + kOwnedKept) : std::nullopt;
  file_ids_.insert_or_assign(std::move(key), Known{std::move(file_id), until});
}

Task<std::vector<file_ids::FileId>> Uploads::find(std::vector<std::string> keys) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  co_return co_await file_ids::find(unit, bot_id_, std::move(keys));
}

Task<std::optional<std::string>> Uploads::file_id(std::string key) {
  if (const Known* one = known(key)) {
    co_return one->file_id;
  }
  std::vector<std::string> keys{key};
  auto found = co_await find(std::move(keys));
  if (found.empty()) {
    file_ids_.erase(key);
    co_return std::nullopt;
  }
  keep(std::move(key), found[0].file_id, found[0].is_owned);
  co_return std::move(found[0].file_id);
}

Task<std::vector<std::optional<std::string>>> Uploads::file_ids(std::vector<std::string> keys) {
  std::vector<std::string> asked;
  std::ranges::copy_if(keys, std::back_inserter(asked), [this](const auto& key) { return known(key) == nullptr; });
  for (std::size_t from = 0; from < asked.size(); from += file_ids::kMostFound) {
    const auto first = asked.begin() + static_cast<std::ptrdiff_t>(from);
    const std::size_t n = std::min(asked.size() - from, file_ids::kMostFound);
    std::vector<std::string> part(first, first + static_cast<std::ptrdiff_t>(n));
    auto found = co_await find(std::move(part));
    for (file_ids::FileId& one : found) {
      keep(std::move(one.photo_key), std::move(one.file_id), one.is_owned);
    }
  }
  std::vector<std::optional<std::string>> out;
  for (const std::string& key : keys) {
    const Known* one = known(key);
    out.push_back(one != nullptr ? std::optional(one->file_id) : std::nullopt);
  }
  co_return out;
}

Task<void> Uploads::read_ahead(std::vector<std::string> keys) {
  try {
    co_await file_ids(std::move(keys));
  } catch (const sql::Outage& outage) {
    log::debug("file ids are not read ahead: {}", outage.what());
  }
}

Task<void> Uploads::remember(std::string key, std::string file_id, std::optional<Uuid> owner, std::string scope) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  const file_ids::Belonging belonging{owner, std::move(scope)};
  file_ids::put(unit, bot_id_, key, file_id, belonging);
  keep(key, std::move(file_id), owner.has_value());
  try {
    co_await unit.commit();
  } catch (const sql::Outage& outage) {
    // A lost id costs one more upload; its message is sent, and must not look as if it was not.
    log::warn("the file id of {} is not kept: {}", key, outage.what());
  }
}

Task<void> Uploads::forget(std::string key) {
  stores::UnitOfWork unit(context_.db, context_.rng);
  file_ids::forget(unit, bot_id_, key);
  co_await unit.commit();
  file_ids_.erase(key);
}

}  // namespace aisha::services
