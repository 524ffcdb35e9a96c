// SPDX-License-Identifier: Apache-2.0
#include "sql/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace aisha::sql::sqlite {

Result<LockFile> LockFile::take(const std::string& path) {
  const std::string name = path + ".lock";
  LockFile lock;
  // Close-on-exec: a child that inherited it would keep the lock after our death.
  lock.fd_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.fd_ < 0) {
    return fail(Errc::start_failed, fmt::format("{}: {}", name, std::strerror(errno)));
  }
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 24> pid{};
    const ssize_t size = ::pread(lock.fd_, pid.data(), pid.size() - 1, 0);
    return fail(Errc::start_failed, fmt::format("{} is in use by process {}", path, size > 0 ? pid.data() : "unknown"));
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(lock.fd_, 0) != 0 || ::pwrite(lock.fd_, pid.data(), pid.size(), 0) < 0) {
    return fail(Errc::start_failed, fmt::format("{}: {}", name, std::strerror(errno)));
  }
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

LockFile::~LockFile() {
  if (fd_ >= 0) {
    ::close(fd_);
  }
}

}  // namespace aisha::sql::sqlite
