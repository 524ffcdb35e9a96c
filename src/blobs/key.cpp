// SPDX-License-Identifier: Apache-2.0
#include "blobs/key.hpp"

#include <cstddef>
#include <string>

namespace aisha::blobs {

bool is_valid_key(std::string_view key) {
  constexpr std::size_t kLongest = 512;
  if (key.empty() || key.size() > kLongest || key.back() == '/' || key.ends_with(kSidecarSuffix)) {
    return false;
  }
  bool at_start = true;
  for (const char c : key) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!plain && (at_start || (c != '.' && c != '/'))) {
      return false;
    }
    at_start = c == '/';
  }
  return true;
}

bool is_valid_prefix(std::string_view prefix) {
  return prefix.empty() || is_valid_key(std::string(prefix) + "a");
}

}  // namespace aisha::blobs
