// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Envelope of cached values: a format version and a checksum, so that an entry written by another release or damaged
/// on its way is a miss instead of nonsense.
namespace aisha::cache {

/// `version` is the writer's own format number.
std::string seal(std::uint32_t version, std::string_view value);

/// The value, or nullopt when `sealed` is damaged, foreign or of another version.
std::optional<std::string> unseal(std::uint32_t version, std::string_view sealed);

}  // namespace aisha::cache
