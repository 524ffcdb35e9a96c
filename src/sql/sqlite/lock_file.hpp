// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/error.hpp"

namespace aisha::sql::sqlite {

/// `<path>.lock` with our pid in it, locked as long as this lives. The kernel drops the lock with the process, so a
/// killed one leaves nothing to clean up.
class LockFile {
 public:
  /// Errc::start_failed names the pid that holds it, or why it cannot be made.
  static Result<LockFile> take(const std::string& path);
  LockFile() = default;
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  ~LockFile();

 private:
  int fd_ = -1;
};

}  // namespace aisha::sql::sqlite
