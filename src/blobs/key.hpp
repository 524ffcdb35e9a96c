// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace aisha::blobs {

/// Ends the name of the file in which the disk engine keeps a content type that the object's name does not tell.
constexpr std::string_view kSidecarSuffix = ".content-type";

/// The keys that every engine takes: segments of [A-Za-z0-9._-] joined by '/', none empty or starting with '.', at most
/// 512 bytes, not ending in `kSidecarSuffix`. They name a file below the bucket and mean the same in a URL.
bool is_valid_key(std::string_view key);
/// Whether some valid key begins with it; "" does.
bool is_valid_prefix(std::string_view prefix);

}  // namespace aisha::blobs
