// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>

#include "base/time.hpp"
#include "cache/cache.hpp"

namespace aisha::cache {

struct MemoryLimits {
  std::size_t entries = 10'000;
  std::size_t bytes = 8U << 20U;   ///< keys and values together
  Millis longest{24 * 3'600'000};  ///< no value is kept longer, whatever its TTL
};

/// Cache inside the process: least recently used entries go first when a limit is reached, expired ones are misses.
/// A value larger than the whole limit is not kept. Loop thread only; `clock` must outlive it.
std::unique_ptr<Cache> make_memory_cache(const Clock& clock, MemoryLimits limits = {});

}  // namespace aisha::cache
