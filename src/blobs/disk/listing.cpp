// SPDX-License-Identifier: Apache-2.0
#include "blobs/disk/listing.hpp"

#include <algorithm>
#include <iterator>

#include "blobs/disk/files.hpp"

namespace aisha::blobs {

bool Listing::goes_on(const std::filesystem::path& bucket, std::string_view prefix, std::string_view after,
                      std::size_t limit) const {
  const bool follows = !after.empty() && walk_.after == after && walk_.prefix == prefix && walk_.bucket == bucket;
  return follows && (walk_.whole || walk_.keys.size() - walk_.given >= limit);
}

Result<std::vector<std::string>> Listing::page(const std::filesystem::path& bucket, std::string_view prefix,
                                               std::string_view after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  if (!goes_on(bucket, prefix, after, limit)) {
    walk_ = {};
    const std::size_t most = std::max(ahead_, limit);
    auto found = list_keys(bucket, prefix, after, most);
    if (!found) {
      return found;
    }
    const bool whole = found->size() < most;
    walk_ = {bucket, std::string(prefix), std::string(after), std::move(*found), 0, whole};
  }
  const auto begin = walk_.keys.begin() + static_cast<std::ptrdiff_t>(walk_.given);
  const std::size_t count = std::min(limit, walk_.keys.size() - walk_.given);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  std::vector<std::string> out(std::make_move_iterator(begin), std::make_move_iterator(end));
  walk_.given += count;
  if (count < limit) {
    walk_ = {};  // that was the last page
  } else if (!out.empty()) {
    walk_.after = out.back();
  }
  return out;
}

}  // namespace aisha::blobs
