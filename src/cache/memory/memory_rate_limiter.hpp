// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <memory>

#include "base/time.hpp"
#include "cache/rate_limiter.hpp"

namespace aisha::cache {

/// Limits of this process alone. Beyond `keys` keys the one that was quiet for longest is forgotten. Loop thread only;
/// `clock` must outlive it.
std::unique_ptr<RateLimiter> make_memory_rate_limiter(const Clock& clock, std::size_t keys = 10'000);

}  // namespace aisha::cache
