// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/hashing.hpp"
#include "base/task.hpp"

namespace aisha::providers {

/// Fetches a file of any size from an address that an operator gave.
class FileFetcher {
 public:
  virtual ~FileFetcher() = default;

  /// Into a new file at `path`, at most `most` bytes; nothing is left there unless all of it came. Repeatable. Errors:
  /// result_url_refused (not https, or not the plain address of a file), result_address_refused (an address instead of
  /// a name, or one that is not public), result_redirect_refused, result_gone (404, 410), net_too_large, disk_full,
  /// unavailable.
  virtual Task<Result<Digest>> fetch(std::string url, std::string path, std::uint64_t most) = 0;
};

}  // namespace aisha::providers
