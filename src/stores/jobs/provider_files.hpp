// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "stores/unit/unit_of_work.hpp"

/// `provider_files`: objects of ours that lie at the provider for a while, so that the next request need not send them
/// again.
namespace aisha::stores::provider_files {

/// The address of an object that will still be there at `until`.
Task<std::optional<std::string>> find(UnitOfWork& unit, std::string key, TimePoint until);

struct File {
  std::string key;
  std::string url;
  TimePoint expires_at;
};
/// Durable at once; the newer address counts.
Task<void> put(UnitOfWork& unit, File file);

/// Deletes up to `limit` rows whose file is gone by `before`, in a transaction of its own; how many there were.
Task<std::int64_t> sweep(UnitOfWork& unit, TimePoint before, std::int64_t limit);

}  // namespace aisha::stores::provider_files
