// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace aisha::blobs {

/// Keys in their order, page by page. A folder gives its files in no order, so that each page by itself would cost a
/// walk through all of it: a walk keeps the keys of the pages that will follow as well, `ahead` of them at most. Pages
/// that follow one another are of the moment of their walk. Any thread.
class Listing {
 public:
  static constexpr std::size_t kAhead = 50'000;  ///< some 5 MB while they are asked for

  explicit Listing(std::size_t ahead = kAhead) : ahead_(ahead) {}

  /// As `list_keys`. Goes on when `after` is the last key that was given; begins anew otherwise.
  Result<std::vector<std::string>> page(const std::filesystem::path& bucket, std::string_view prefix,
                                        std::string_view after, std::size_t limit);

 private:
  struct Walk {
    std::filesystem::path bucket;
    std::string prefix;
    std::string after;  ///< the last key that was given
    std::vector<std::string> keys;
    std::size_t given = 0;
    bool whole = false;  ///< nothing stands behind `keys`
  };

  bool goes_on(const std::filesystem::path& bucket, std::string_view prefix, std::string_view after,
               std::size_t limit) const;

  const std::size_t ahead_;
  std::mutex mutex_;
  Walk walk_;
};

}  // namespace aisha::blobs
