// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "cache/cache.hpp"
#include "cache/keys.hpp"

/// Copies of what the database knows. Whoever reads the truth after a miss keeps it; whoever changes the truth forgets
/// the copy *before* the commit. For ten seconds nothing can be kept then, so that neither a reader that was slow nor a
/// writer that died between the two leaves an old copy: reads and commits are shorter.
namespace aisha::cache {

/// `version` is the format of the value, as in `seal`.
Task<std::optional<std::string>> recall(Cache& cache, keys::Entry entry, std::uint32_t version);
Task<void> keep(Cache& cache, keys::Entry entry, std::uint32_t version, std::string value);
Task<void> forget(Cache& cache, keys::Entry entry);
/// Everything that counts or shows that person's pictures.
Task<void> forget_pictures(Cache& cache, Uuid user);

}  // namespace aisha::cache
