// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"

namespace aisha::services {

/// Takes the next bytes of an archive. False: there is no room for them. std::function: one an archive, and captures.
using ZipSink = std::function<bool(std::string_view)>;

/// A ZIP archive that grows entry by entry, with names in UTF-8. Any thread, one at a time; errors are disk_full (the
/// sink took no more) and unavailable, after which it is of no use any more.
class ZipWriter {
 public:
  enum class Packing : std::uint8_t {
    stored,    ///< as they are: pictures are compressed already
    deflated,  ///< texts
  };

  explicit ZipWriter(ZipSink sink);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  /// `path` with '/' between folders.
  Result<void> add(const std::string& path, std::string_view bytes, TimePoint modified, Packing packing);
  /// Writes what stands behind the entries. Nothing may follow.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace aisha::services
